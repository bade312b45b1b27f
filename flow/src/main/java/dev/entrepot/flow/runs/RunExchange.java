package dev.entrepot.flow.runs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was said between us and a system in a run, secrets masked.
///
/// @param call the call that writes; null: it reads the source
/// @param status 0: there was no answer
/// @param requestHeaders a JSON object
/// @param requestBody empty when it is not kept
/// @param items how many the call carried, if it wrote
/// @param rejected how many of these the destination rejected, whatever the status says
/// @param problem why there was no answer
public record RunExchange(
    long id,
    RunObserver.Side side,
    @Nullable Integer call,
    Instant at,
    String purpose,
    String method,
    String uri,
    int status,
    Duration took,
    String requestHeaders,
    String requestBody,
    String answerHeaders,
    String answerBody,
    int items,
    int rejected,
    @Nullable String problem) {}
