package dev.entrepot.onboarding.notices;

import dev.entrepot.model.Page;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Mail and webhooks that were or will be sent. Safe for use by many threads.
public interface Notices {
  /// @param channel `mail` or `webhook`
  /// @param state `queued`, `sent`, `failed` (given up), `kept` (no mail server is set: only shown
  ///   here)
  record Notice(
      UUID id,
      String channel,
      String event,
      @Nullable String vendor,
      @Nullable UUID upload,
      String recipient,
      String subject,
      String body,
      @Nullable String html,
      String state,
      int attempts,
      @Nullable String lastError,
      Instant createdAt,
      @Nullable Instant sentAt) {}

  Page<Notice> list(
      @Nullable String vendor, @Nullable UUID upload, @Nullable String cursor, int size);

  Optional<Notice> find(UUID id);

  /// Whether there is a way to try a notice again: it failed, or it was only kept and there is a
  /// mail server by now.
  boolean retriable(Notice notice);

  /// Tries a failed one again.
  void retry(UUID id);
}
