package dev.entrepot.console.server;

import dev.entrepot.console.account.AccountException;
import dev.entrepot.console.server.ProblemException.Kind;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.runs.RunException;
import dev.entrepot.inbox.FieldFault;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.connections.ConnectionException;
import dev.entrepot.ledger.LedgerException;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.storage.StorageException;
import io.helidon.http.HttpException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever a handler throws into the problem that the client is told.
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration SOON = Duration.ofSeconds(5);

  private Problems() {}

  static ProblemException of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException problem -> problem;
      case OnboardingException e -> onboarding(e);
      case AccountException e -> account(e);
      case LedgerException e -> ledger(e);
      case InboxException e -> inbox(e);
      case ConnectionException e -> connection(e);
      case FlowConfigException e -> flowConfig(e);
      case RunException e -> run(e);
      case StorageException e -> storage(e);
      case HttpException e -> http(e);
      case BrokenRequestException e -> broken(e);
      case InterruptedException _ -> stopping();
      default -> internal(thrown);
    };
  }

  private static ProblemException onboarding(OnboardingException e) {
    Kind kind =
        switch (e.code()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case INVALID -> Kind.INVALID;
          case CONFLICT -> Kind.CONFLICT;
          case VENDOR_REFUSED -> Kind.VENDOR_REFUSED;
          case LIMIT_EXCEEDED -> Kind.TOO_LARGE;
          case QUOTA_EXCEEDED -> Kind.QUOTA_EXCEEDED;
          case STORAGE_FULL -> Kind.STORAGE_FULL;
        };
    return e.retryAfter()
        .map(wait -> ProblemException.later(kind, message(e), wait))
        .orElseGet(() -> withField(kind, e.field(), message(e)));
  }

  private static ProblemException account(AccountException e) {
    Kind kind =
        switch (e.code()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case INVALID -> Kind.INVALID;
          case CONFLICT -> Kind.CONFLICT;
          case LATER -> Kind.TOO_MANY_REQUESTS;
        };
    return e.retryAfter()
        .map(wait -> ProblemException.later(kind, message(e), wait))
        .orElseGet(() -> withField(kind, e.field(), message(e)));
  }

  private static ProblemException ledger(LedgerException e) {
    return switch (e.code()) {
      case INVALID_CURSOR -> withField(Kind.INVALID, "cursor", message(e));
      case NO_SUCH_BATCH, OUT_OF_SEQUENCE, WRONG_OUTCOME -> internal(e);
    };
  }

  private static ProblemException inbox(InboxException e) {
    Kind kind =
        switch (e.code()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case INVALID -> Kind.INVALID;
          case CONFLICT -> Kind.CONFLICT;
        };
    return e.faults().size() > 1 ? several(e.faults()) : withField(kind, e.field(), message(e));
  }

  private static ProblemException connection(ConnectionException e) {
    Kind kind =
        switch (e.code()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case REMOVED -> Kind.GONE;
          case INVALID -> Kind.INVALID;
          case CONFLICT -> Kind.CONFLICT;
        };
    return e.faults().size() > 1 ? several(e.faults()) : withField(kind, e.field(), message(e));
  }

  private static ProblemException several(List<FieldFault> faults) {
    return new ProblemException(
        Kind.INVALID,
        faults.size() + " values cannot be taken as they are",
        faults.stream()
            .map(fault -> new Problem.FieldError(fault.field(), fault.message()))
            .toList(),
        List.of());
  }

  private static ProblemException flowConfig(FlowConfigException e) {
    Kind kind =
        switch (e.code()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case INVALID -> Kind.INVALID;
          case CONFLICT -> Kind.CONFLICT;
        };
    List<Problem.FieldError> errors =
        e.problems().stream()
            .filter(ConfigProblem::refuses)
            .map(
                told -> new Problem.FieldError(told.place(), told.message() + "; " + told.remedy()))
            .toList();
    String detail =
        errors.isEmpty()
            ? message(e)
            : message(e).lines().findFirst().orElse("").replaceFirst(":$", "")
                + "; mend what is named";
    return new ProblemException(kind, detail, errors, List.of());
  }

  private static ProblemException run(RunException e) {
    Kind kind =
        switch (e.code()) {
          case NO_SUCH_RUN, NO_SUCH_CLIENT -> Kind.NOT_FOUND;
          case WRONG_STATE, PLAN_OUTDATED -> Kind.CONFLICT;
        };
    return new ProblemException(kind, message(e));
  }

  private static ProblemException withField(Kind kind, @Nullable String field, String message) {
    return new ProblemException(
        kind,
        message,
        field == null ? List.of() : List.of(new Problem.FieldError(field, message)),
        List.of());
  }

  private static ProblemException storage(StorageException e) {
    return switch (e.code()) {
      case UNAVAILABLE, TIMEOUT, SERIALIZATION -> {
        LOG.atLevel(StorageException.levelOf(e))
            .log("a request failed for want of the database: {}", e.getMessage());
        yield ProblemException.later(
            Kind.UNAVAILABLE,
            "the database cannot be used at the moment; try again in a few seconds",
            SOON);
      }
      case DISK_FULL ->
          new ProblemException(
              Kind.STORAGE_FULL,
              "the database's disk is full; nothing was kept. Tell the operator to free some room");
      case BAD_VALUE -> {
        LOG.warn("the database refused a value of a request: {}", e.getMessage());
        yield ProblemException.invalid(
            null,
            "a value cannot be stored, most likely a text with a NUL character or a number out of"
                + " range; change it");
      }
      case CONFLICT, LEASE_LOST, MIGRATION, ROW_COUNT, UNKNOWN -> internal(e);
    };
  }

  private static ProblemException http(HttpException e) {
    Kind kind =
        switch (e.status().code()) {
          case 413 -> Kind.TOO_LARGE;
          case 408 -> Kind.REQUEST_TIMEOUT;
          default -> e.status().code() < 500 ? Kind.MALFORMED : Kind.INTERNAL;
        };
    return kind == Kind.INTERNAL ? internal(e) : new ProblemException(kind, message(e));
  }

  /// The client's stream broke: it will hardly read the answer.
  private static ProblemException broken(BrokenRequestException e) {
    LOG.debug("a request broke off", e);
    return new ProblemException(
        Kind.MALFORMED, "the request broke off before its end; send it again");
  }

  private static ProblemException stopping() {
    Thread.currentThread().interrupt();
    return ProblemException.later(
        Kind.UNAVAILABLE, "the server is stopping; try again in a few seconds", SOON);
  }

  private static ProblemException internal(Throwable thrown) {
    UUID reference = UUID.randomUUID();
    LOG.error("a request failed, reference {}", reference, thrown);
    return new ProblemException(
        Kind.INTERNAL,
        "the request failed for a reason of our own; tell the operator the reference " + reference);
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
