package dev.entrepot.flow;

import dev.entrepot.flow.budgets.RateLimit;
import dev.entrepot.flow.clients.AccountDigests;
import dev.entrepot.flow.clients.Client;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientSetup;
import dev.entrepot.flow.clients.ClientSetups;
import dev.entrepot.flow.clients.FlowOptions;
import dev.entrepot.flow.clients.SharedAccounts;
import dev.entrepot.flow.runs.Basis;
import dev.entrepot.flow.runs.FlowName;
import dev.entrepot.flow.runs.FlowSettings;
import dev.entrepot.flow.runs.FlowSpec;
import dev.entrepot.flow.runs.FlowSpecs;
import dev.entrepot.flow.runs.MissingPolicy;
import dev.entrepot.flow.runs.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the engine does for a client, from what is configured.
final class ClientFlowSpecs implements FlowSpecs {
  private static final Duration LONGEST_SYNC = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(ClientFlowSpecs.class);

  private final ClientSetups setups;
  private final SharedAccounts accounts;

  ClientFlowSpecs(ClientSetups setups, SharedAccounts accounts) {
    this.setups = setups;
    this.accounts = accounts;
  }

  @Override
  public Optional<FlowSpec> of(String tenant) {
    return setups.of(tenant).map(this::spec);
  }

  @Override
  public Optional<FlowName> name(String tenant) {
    return setups
        .config(tenant)
        .map(config ->
            new FlowName(
                config.id(), config.flow(), config.source().kind(), config.destination().kind()));
  }

  private FlowSpec spec(ClientSetup setup) {
    ClientConfig config = setup.client().config();
    FlowSettings settings = settings(config.options());
    return new FlowSpec(
        config.id(),
        config.flow(),
        config.source().kind(),
        config.destination().kind(),
        setup.mapping(),
        new Basis(Math.toIntExact(setup.mappingRevision()), Math.toIntExact(setup.switches())),
        setup.steps(),
        settings,
        setup::openSource,
        setup::openDestination,
        syncedBefore(setup.client(), settings.overlap()),
        () -> account(setup),
        () -> setup.sourceAccount().map(AccountDigests::own));
  }

  /// The log is the tenant's: it does not say who the others are.
  private Optional<String> account(ClientSetup setup) {
    Optional<AccountDigests> account = setup.account();
    ClientConfig config = setup.client().config();
    if (account.isPresent()
        && accounts.note(config.id(), config.destination().kind(), account.get())) {
      LOG.warn(
          "client {} writes to an account of {} that another client writes to; see the client's page",
          config.id(),
          config.destination().kind());
    }
    return account.map(AccountDigests::own);
  }

  /// Nobody knows whether the time that was imported is that of the beginning or the end.
  private static @Nullable Instant syncedBefore(Client client, Duration overlap) {
    Client.ImportedSync sync = client.imported();
    return sync == null
        ? null
        : sync.succeededAt()
            .filter(at -> !at.isAfter(client.createdAt()))
            .map(at -> at.minus(LONGEST_SYNC).minus(overlap))
            .orElse(null);
  }

  private static FlowSettings settings(FlowOptions options) {
    FlowSettings usual = FlowSettings.USUAL;
    return new FlowSettings(
        options.pageSize(),
        orElse(options.overlap(), usual.overlap()),
        options.deleteMissing() ? MissingPolicy.DELETE : MissingPolicy.KEEP,
        retries(options.retries(), usual.retry()),
        orElse(options.concurrency(), usual.concurrency()),
        limit(options.sourceLimit(), usual.sourceLimit()),
        limit(options.productLimit(), usual.destinationLimit()));
  }

  /// One of the two pauses that is asked for moves the other, when that would not fit.
  private static RetryPolicy retries(FlowOptions.Retries asked, RetryPolicy usual) {
    Duration longest = orElse(asked.longestPause(), usual.longest());
    Duration first = orElse(asked.firstPause(), usual.first());
    boolean fits = longest.compareTo(first) >= 0;
    return new RetryPolicy(
        orElse(asked.faultTries(), usual.faultTries()),
        orElse(asked.unavailableTries(), usual.unavailableTries()),
        orElse(asked.throttledTries(), usual.throttledTries()),
        usual.unknownTries(),
        fits || asked.longestPause() == null ? first : longest,
        fits || asked.longestPause() != null ? longest : first,
        asked.unavailableTries() == null ? usual.outage() : Duration.ZERO);
  }

  private static @Nullable RateLimit limit(
      FlowOptions.@Nullable CallLimit asked, @Nullable RateLimit usual) {
    if (asked == null) {
      return usual;
    }
    return asked.calls() == 0 ? null : new RateLimit(asked.calls(), asked.per());
  }

  private static <T> T orElse(@Nullable T asked, T usual) {
    return asked == null ? usual : asked;
  }
}
