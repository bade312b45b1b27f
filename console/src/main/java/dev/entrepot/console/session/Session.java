package dev.entrepot.console.session;

import java.time.Instant;
import java.util.UUID;

/// Somebody's signed-in browser.
///
/// @param id names the session to people and programs; of no use to sign in
/// @param csrfToken must come with every request of this session that changes something
/// @param address the client's address at sign-in
/// @param agent the browser's name of itself at sign-in, shortened
public record Session(
    UUID id,
    UUID accountId,
    String csrfToken,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt,
    String address,
    String agent) {}
