package dev.entrepot.inbox.connections;

import dev.entrepot.spi.event.EventSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection ready for use: its source is opened, its secrets are resolved.
public final class OpenConnection {
  private static final int LONG = 20;
  private static final int SHOWN = 4;

  /// @param value never to be shown
  record ReadySecret(SecretState state, String value) {
    /// Without the value.
    @Override
    public String toString() {
      return state.toString();
    }
  }

  private final InboxConnection connection;
  private final @Nullable EventSource source;
  private final Map<String, String> settings;
  private final boolean signed;
  private final boolean fed;
  private final List<ReadySecret> secrets;
  private final @Nullable String problem;

  OpenConnection(
      InboxConnection connection,
      @Nullable EventSource source,
      Map<String, String> settings,
      boolean signed,
      boolean fed,
      List<ReadySecret> secrets,
      @Nullable String problem) {
    this.connection = connection;
    this.source = source;
    this.settings = Map.copyOf(settings);
    this.signed = signed;
    this.fed = fed;
    this.secrets = List.copyOf(secrets);
    this.problem = problem;
  }

  public InboxConnection connection() {
    return connection;
  }

  /// Whether there is a [#source].
  public boolean readable() {
    return source != null;
  }

  /// The source of its kind with its settings.
  ///
  /// @throws IllegalStateException when it cannot be opened; see [#problem()]
  public EventSource source() {
    if (source == null) {
      throw new IllegalStateException(problem);
    }
    return source;
  }

  /// Its settings with the fallbacks filled in; empty when it is not [readable][#readable].
  public Map<String, String> settings() {
    return settings;
  }

  /// Whether its events are fetched rather than posted.
  public boolean fed() {
    return fed;
  }

  /// The values of its valid secrets, newest first; never to be shown.
  public List<String> secrets(Instant now) {
    return secrets.stream()
        .filter(secret -> secret.state().valid(now))
        .map(ReadySecret::value)
        .toList();
  }

  /// The number of one of the [secrets][#secrets], by its place among them.
  ///
  /// @throws IndexOutOfBoundsException when there are not so many
  public int number(int place, Instant now) {
    return secrets.stream()
        .filter(secret -> secret.state().valid(now))
        .map(secret -> secret.state().number())
        .toList()
        .get(place);
  }

  /// The last characters of its secrets, by their numbers, so that people can tell which is which.
  /// A secret that is short or cannot be had is missing.
  public Map<Integer, String> endings() {
    Map<Integer, String> endings = new HashMap<>();
    secrets.stream()
        .filter(secret -> secret.value().length() >= LONG)
        .forEach(secret ->
            endings.put(
                secret.state().number(),
                secret.value().substring(secret.value().length() - SHOWN)));
    return endings;
  }

  /// Whether the value of a secret that was valid when it was looked for could be had.
  public boolean has(int number) {
    return secrets.stream().anyMatch(secret -> secret.state().number() == number);
  }

  /// Whether deliveries can be taken: its source is open, and there is a secret if it needs one.
  public boolean usable(Instant now) {
    return source != null && !(signed && secrets(now).isEmpty());
  }

  /// What is wrong with it, for the operator; one of two secrets may be missing and the connection
  /// be [usable][#usable] all the same.
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
