package dev.entrepot.inbox.log;

import dev.entrepot.spi.event.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event of the log without its headers and body.
///
/// @param position its place; see [Positions]
/// @param lane in which its key always is
/// @param connection by which it came
/// @param bytes of headers and body together, as they came; 0: they were erased
/// @param receivedAt when it was written, by the server's clock
/// @param secret the number of the connection's secret that signed it; null: unsigned
/// @param erasedAt when headers and body were erased; null: they are as they came
/// @param handedAs what it was handed on as last, when it was mended; null: as it came
public record EventHead(
    long position,
    int lane,
    String connection,
    Identity identity,
    int bytes,
    Instant receivedAt,
    @Nullable Integer secret,
    Purpose purpose,
    @Nullable Instant erasedAt,
    @Nullable HandedAs handedAs) {}
