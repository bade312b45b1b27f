package dev.entrepot.console.api.flow;

import dev.entrepot.flow.Flows;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.Client.ImportedSync;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientTree;
import dev.entrepot.flow.runs.Outstanding;
import dev.entrepot.flow.runs.Run;
import dev.entrepot.flow.runs.RunState;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.flow.schedules.ScheduleState;
import dev.entrepot.storage.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Clients as the API tells of them, with what came of their runs. Safe for use by many threads.
public final class ClientAnswers {
  private static final int TIMES_TO_COME = 5;
  private static final List<RunState> ENDED =
      Arrays.stream(RunState.values()).filter(RunState::ended).toList();

  /// @param lastSyncTimestamp of the last run that ended, or what was imported; likewise the others
  /// @param warnings such as of other clients that write to the same account
  record ClientAnswer(
      String clientId,
      String clientName,
      boolean enabled,
      String source,
      String productType,
      String fieldMappingsKey,
      Map<String, @Nullable Object> config,
      long revision,
      Instant createdAt,
      Instant updatedAt,
      String updatedBy,
      @Nullable Instant lastSyncTimestamp,
      @Nullable String lastSyncStatus,
      @Nullable Long lastSyncRecords,
      @Nullable RunAnswer latestRun,
      @Nullable ScheduleAnswer schedule,
      OutstandingAnswer outstanding,
      List<String> warnings) {}

  /// What was rejected and is not at the destination, of whichever run.
  record OutstandingAnswer(
      long total, long mapping, long destination, long keyless, @Nullable Instant since) {
    static OutstandingAnswer of(Outstanding now) {
      return new OutstandingAnswer(
          now.total(), now.mapping(), now.destination(), now.keyless(), now.since());
    }
  }

  /// @param upcoming the next few times, when it is active
  record ScheduleAnswer(
      String expression,
      String timezone,
      CatchUp catchUp,
      boolean active,
      @Nullable Instant next,
      @Nullable Instant last,
      List<Instant> upcoming) {}

  private final Flows flows;
  private final Database database;
  private final Clock clock;

  public ClientAnswers(Flows flows, Database database, Clock clock) {
    this.flows = flows;
    this.database = database;
    this.clock = clock;
  }

  ClientAnswer of(Client client) {
    ClientConfig config = client.config();
    Optional<Run> latest = newest(config.id(), List.of());
    Optional<Run> ended =
        latest.filter(run -> run.state().ended()).or(() -> newest(config.id(), ENDED));
    ImportedSync imported = client.imported();
    return new ClientAnswer(
        config.id(),
        config.name(),
        config.enabled(),
        config.source().kind(),
        config.productType(),
        config.mapping(),
        ClientTree.of(config),
        client.revision(),
        client.createdAt(),
        client.updatedAt(),
        client.updatedBy(),
        ended.map(Run::endedAt).orElse(imported == null ? null : imported.at()),
        ended
            .map(run -> run.state().name().toLowerCase(Locale.ROOT))
            .orElse(imported == null ? null : imported.status()),
        ended
            .map(run -> run.books().received())
            .orElse(imported == null ? null : imported.records()),
        latest.map(run -> RunAnswer.of(run, clock.instant())).orElse(null),
        schedule(config.id()).orElse(null),
        OutstandingAnswer.of(flows.outstanding().of(config.id())),
        flows.config().accounts().warning(config.id()).stream().toList());
  }

  private Optional<Run> newest(String client, List<RunState> states) {
    return flows.runs().list(client, states, null, 1).items().stream().findFirst();
  }

  Optional<ScheduleAnswer> schedule(String client) {
    return database
        .read(connection -> flows.config().schedules().find(connection, client))
        .map(this::answer);
  }

  private ScheduleAnswer answer(ScheduleState state) {
    Instant now = clock.instant();
    return new ScheduleAnswer(
        state.plan().expression(),
        state.plan().zone().getId(),
        state.plan().catchUp(),
        state.active(),
        state.next(),
        state.last(),
        state.active()
            ? state.plan().schedule().next(now, state.anchor(), state.plan().zone(), TIMES_TO_COME)
            : List.of());
  }
}
