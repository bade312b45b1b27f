package dev.entrepot.kit.remote;

import dev.entrepot.kit.json.FieldsJson;
import dev.entrepot.spi.destination.WriteAnswer;
import dev.entrepot.spi.destination.WriteResult;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.remote.RemoteException;
import dev.entrepot.spi.remote.RemoteException.Code;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what became of calls: in exceptions for reads, in answers for writes. Never a secret.
final class OutcomeWords {
  private final String system;
  private final SecretMask mask;

  OutcomeWords(String system, SecretMask mask) {
    this.system = system;
    this.mask = mask;
  }

  /// The object in an answer.
  ///
  /// @throws RemoteException FAULT when there is none
  Fields body(RemoteCall call, RemoteOutcome.Answered answered) {
    try {
      return FieldsJson.read(answered.body());
    } catch (EventException e) {
      throw new RemoteException(Code.FAULT, misunderstood(call, answered, e), null, null);
    }
  }

  RemoteException misunderstood(RemoteCall call, String what) {
    return new RemoteException(
        Code.FAULT,
        mask.hide(
            "%s cannot be understood at %s: %s; check the address and the settings"
                .formatted(system, place(call), what)));
  }

  /// Why a read brought nothing.
  RemoteException unread(RemoteCall call, RemoteOutcome outcome, StatusTable table) {
    return switch (outcome) {
      case RemoteOutcome.Answered answered ->
          refusal(call, answered, table.of(answered.status()).code());
      case RemoteOutcome.NotSent(String reason, Code code, Duration after) ->
          new RemoteException(code, unsent(call, reason), after, null);
      case RemoteOutcome.NoAnswer(String reason, Code code) ->
          new RemoteException(code, unanswered(call, reason));
    };
  }

  /// What a call that was not answered with "done" means for its writes.
  ///
  /// @throws RemoteException of the kind STOP
  WriteAnswer unwritten(RemoteCall call, RemoteOutcome outcome, StatusTable table) {
    WriteResult result =
        switch (outcome) {
          case RemoteOutcome.Answered answered -> result(call, answered, table);
          case RemoteOutcome.NotSent(String reason, Code code, Duration after) ->
              new WriteResult.RetryLater(code, unsent(call, reason), after);
          case RemoteOutcome.NoAnswer(String reason, Code _) ->
              new WriteResult.Unknown(unanswered(call, reason));
        };
    return new WriteAnswer.Whole(result);
  }

  /// A call was done as its status says, but its answer says nothing.
  WriteAnswer unreadable(RemoteCall call, RemoteOutcome.Answered answered, EventException problem) {
    return new WriteAnswer.Whole(new WriteResult.Unknown(misunderstood(call, answered, problem)));
  }

  /// The same without secrets: a system may say in its reasons what it was sent.
  WriteAnswer hidden(WriteAnswer answer) {
    return switch (answer) {
      case WriteAnswer.Each(List<WriteResult> results) ->
          new WriteAnswer.Each(results.stream().map(this::hidden).toList());
      case WriteAnswer.Whole(WriteResult result) -> new WriteAnswer.Whole(hidden(result));
    };
  }

  private WriteResult hidden(WriteResult result) {
    return switch (result) {
      case WriteResult.Accepted accepted -> accepted;
      case WriteResult.Rejected(String code, String reason) ->
          new WriteResult.Rejected(mask.hide(code), mask.hide(reason));
      case WriteResult.RetryLater(Code why, String reason, Duration after) ->
          new WriteResult.RetryLater(why, mask.hide(reason), after);
      case WriteResult.Unknown(String reason) -> new WriteResult.Unknown(mask.hide(reason));
    };
  }

  private WriteResult result(RemoteCall call, RemoteOutcome.Answered answered, StatusTable table) {
    StatusMeaning meaning = table.of(answered.status());
    return switch (meaning) {
      case REJECTED -> {
        ErrorWords error = ErrorWords.of(answered.body());
        String code = error.code();
        String reason = error.message();
        yield new WriteResult.Rejected(
            code.isEmpty() ? "HTTP_" + answered.status() : mask.hide(code),
            reason.isEmpty() ? said(call, answered) : mask.hide(reason));
      }
      case THROTTLED, UNAVAILABLE, FAULT ->
          new WriteResult.RetryLater(meaning.code(), said(call, answered), answered.after());
      case DENIED, REFUSED -> throw refusal(call, answered, meaning.code());
      case DONE -> throw new IllegalStateException("done is no refusal");
    };
  }

  private RemoteException refusal(RemoteCall call, RemoteOutcome.Answered answered, Code code) {
    return new RemoteException(
        code, said(call, answered) + next(code, answered), answered.after(), null);
  }

  private static String next(Code code, RemoteOutcome.Answered answered) {
    return switch (code) {
      case DENIED -> "; check the credentials, and whether they may do this";
      case REFUSED ->
          answered.status() / 100 == 3
              ? "; give the address it is at now in the credentials"
              : "; check the address in the credentials and the settings";
      case THROTTLED, UNAVAILABLE, RESTING ->
          answered.after() == null ? "" : "; again in " + words(answered.after());
      case FAULT -> "";
    };
  }

  private String said(RemoteCall call, RemoteOutcome.Answered answered) {
    String message = ErrorWords.of(answered.body()).message();
    return mask.hide(
        "%s answered %d to %s%s"
            .formatted(
                system,
                answered.status(),
                place(call),
                message.isEmpty() ? "" : ": \"" + message + "\""));
  }

  private String misunderstood(
      RemoteCall call, RemoteOutcome.Answered answered, EventException problem) {
    return mask.hide(
        "%s answered %d to %s, but cannot be understood: %s; check whether the address in the credentials is its API"
            .formatted(system, answered.status(), place(call), problem.getMessage()));
  }

  private String unsent(RemoteCall call, String reason) {
    return mask.hide("%s was not called with %s: %s".formatted(system, place(call), reason));
  }

  private String unanswered(RemoteCall call, String reason) {
    return mask.hide("%s did not answer %s: %s".formatted(system, place(call), reason));
  }

  private static String place(RemoteCall call) {
    String uri = call.uri().toString();
    int query = uri.indexOf('?');
    return call.method() + " " + (query < 0 ? uri : uri.substring(0, query));
  }

  static String words(@Nullable Duration duration) {
    if (duration == null) {
      return "a while";
    }
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
