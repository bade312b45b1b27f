package dev.entrepot.console.pages.shell;

import dev.entrepot.console.account.AccountException;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.runs.RunException;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.connections.ConnectionException;
import dev.entrepot.onboarding.OnboardingException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Why what a form asked for was not done. The form is shown again with the message beside the
/// field, or above all of them.
///
/// @param field the field at fault, or null when it is none of them
public record Refusal(int status, @Nullable String field, String message) {
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;
  private static final int LATER = 429;

  /// What became of an attempt.
  public sealed interface Attempt<T> {
    /// It was done.
    record Done<T>(T value) implements Attempt<T> {}

    /// It was refused, and can be tried again.
    record Refused<T>(Refusal refusal) implements Attempt<T> {}
  }

  /// Does something. What the person who asked can mend becomes a refusal, everything else is
  /// thrown.
  public static <T> Attempt<T> attempt(Supplier<T> work) {
    try {
      return new Attempt.Done<>(work.get());
    } catch (OnboardingException e) {
      return switch (e.code()) {
        case INVALID, LIMIT_EXCEEDED, QUOTA_EXCEEDED, VENDOR_REFUSED ->
            refused(INVALID, e.field(), e);
        case CONFLICT -> refused(CONFLICT, e.field(), e);
        case NOT_FOUND -> {
          if (e.field() == null) {
            throw e;
          }
          yield refused(INVALID, e.field(), e);
        }
        case STORAGE_FULL -> throw e;
      };
    } catch (AccountException e) {
      return switch (e.code()) {
        case INVALID -> refused(INVALID, e.field(), e);
        case CONFLICT -> refused(CONFLICT, e.field(), e);
        case LATER -> refused(LATER, e.field(), e);
        case NOT_FOUND -> throw e;
      };
    } catch (InboxException e) {
      return switch (e.code()) {
        case INVALID -> refused(INVALID, e.field(), e);
        case CONFLICT -> refused(CONFLICT, e.field(), e);
        case NOT_FOUND -> throw e;
      };
    } catch (ConnectionException e) {
      return switch (e.code()) {
        case INVALID -> refused(INVALID, e.field(), e);
        case CONFLICT -> refused(CONFLICT, e.field(), e);
        case NOT_FOUND, REMOVED -> throw e;
      };
    } catch (FlowConfigException e) {
      return switch (e.code()) {
        case INVALID -> refused(INVALID, null, e);
        case CONFLICT -> refused(CONFLICT, null, e);
        case NOT_FOUND -> throw e;
      };
    } catch (RunException e) {
      return switch (e.code()) {
        case WRONG_STATE, PLAN_OUTDATED -> refused(CONFLICT, null, e);
        case NO_SUCH_RUN, NO_SUCH_CLIENT -> throw e;
      };
    }
  }

  private static <T> Attempt<T> refused(int status, @Nullable String field, RuntimeException e) {
    return new Attempt.Refused<>(
        new Refusal(status, field, Words.sentence(String.valueOf(e.getMessage()))));
  }

  /// A field that cannot be read.
  public static OnboardingException invalid(String field, String message) {
    return new OnboardingException(OnboardingException.Code.INVALID, field, message);
  }

  /// Whether a field is the one at fault, however either is spelled.
  public boolean at(String name) {
    return field != null && plain(field).equals(plain(name));
  }

  private static String plain(String name) {
    return name.replaceAll("[_.-]", "").toLowerCase(Locale.ROOT);
  }
}
