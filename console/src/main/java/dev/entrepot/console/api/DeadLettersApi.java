package dev.entrepot.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.inbox.lanes.BulkOutcome;
import dev.entrepot.inbox.lanes.BulkPlan;
import dev.entrepot.inbox.lanes.DeadEvent;
import dev.entrepot.inbox.lanes.DeadEventFilter;
import dev.entrepot.inbox.lanes.DeadLetterDesk;
import dev.entrepot.inbox.lanes.LetterAct;
import dev.entrepot.inbox.log.HandedAs;
import dev.entrepot.inbox.log.Positions;
import dev.entrepot.spi.event.Body;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events that were given up, and what operators do about them.
public final class DeadLettersApi {
  private static final Access READ = Access.needs(Permission.READ_INBOX);
  private static final Access WRITE = Access.needs(Permission.WRITE_INBOX);

  /// The largest body that can be edited, as JSON around it.
  private static final long MOST_EDITED = 16 << 20;

  private record LetterAnswer(
      long id,
      String event,
      String connection,
      String tenant,
      String topic,
      String key,
      @Nullable HandedAs handedOnAs,
      int lane,
      String handler,
      String code,
      String reason,
      String cause,
      int attempts,
      DeadEvent.State state,
      boolean edited,
      @Nullable UUID replay,
      Instant diedAt,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable String note) {
    static LetterAnswer of(DeadEvent letter) {
      return new LetterAnswer(
          letter.id(),
          Positions.text(letter.position()),
          letter.connection(),
          letter.tenant(),
          letter.topic(),
          letter.key(),
          letter.handedAs(),
          letter.lane(),
          letter.handler(),
          letter.code(),
          letter.reason(),
          letter.cause(),
          letter.attempts(),
          letter.state(),
          letter.edited(),
          letter.replay(),
          letter.diedAt(),
          letter.by(),
          letter.at(),
          letter.note());
    }
  }

  private record EditAnswer(String body, String by, Instant at) {}

  private record WholeLetter(@JsonUnwrapped LetterAnswer letter, List<EditAnswer> edits) {}

  private record NoWish() {}

  /// @param edits how many edits of it were known to who made the body; null: not told
  private record EditedBody(String body, @Nullable Integer edits) {}

  private record Reason(String reason) {}

  private enum Act {
    RETRY,
    SKIP
  }

  /// @param tenant needed with a key that several tenants have
  /// @param reason needed to skip
  private record PlanWish(
      Act act,
      @Nullable String tenant,
      @Nullable String connection,
      @Nullable String topic,
      @Nullable String key,
      @Nullable String cause,
      @Nullable String reason) {
    LetterAct letterAct() {
      return switch (act) {
        case RETRY -> new LetterAct.Retry();
        case SKIP -> {
          if (reason == null || reason.isBlank()) {
            throw ProblemException.invalid(
                "reason", "skipping needs a reason; give one for those who ask later");
          }
          yield new LetterAct.Skip(reason);
        }
      };
    }

    DeadEventFilter filter() {
      return new DeadEventFilter(tenant, connection, topic, key, cause, DeadEvent.State.OPEN);
    }
  }

  private record PlanAnswer(UUID id, Act act, long letters, List<LetterAnswer> sample) {}

  /// @param failed tried again in vain
  /// @param retrying what comes of them is not known yet
  private record Applied(long letters, long resolved, long failed, long retrying, long skipped) {}

  private final DeadLetterDesk desk;

  public DeadLettersApi(Inbox inbox) {
    this.desk = inbox.desk();
  }

  public List<Route> routes() {
    String all = ApiPath.of("/inbox/dead-letters");
    String one = all + "/{number}";
    return List.of(
        Route.get(all, "listDeadLetters", READ, this::list),
        Route.get(all + "/causes", "listCauses", READ, this::causes),
        Route.get(one, "getDeadLetter", READ, this::find),
        Route.post(one + "/retry", "retryDeadLetter", WRITE, this::retry),
        Route.post(one + "/edit", "editDeadLetter", WRITE, this::edit)
            .taking(dev.entrepot.console.server.Body.json(MOST_EDITED)),
        Route.post(one + "/skip", "skipDeadLetter", WRITE, this::skip),
        Route.post(all + "/plans", "planDeadLetters", WRITE, this::plan),
        Route.post(all + "/plans/{id}/apply", "applyDeadLetterPlan", WRITE, this::apply));
  }

  private Answer list(Exchange exchange) {
    return Answer.json(
        Items.of(
            desk.list(
                    InboxFilters.letters(exchange),
                    InboxFilters.text(exchange, "cursor"),
                    exchange.pageSize())
                .map(LetterAnswer::of)));
  }

  private Answer causes(Exchange exchange) {
    return Answer.json(Items.all(desk.causes(InboxFilters.letters(exchange))));
  }

  private Answer find(Exchange exchange) {
    return whole(exchange.number("number"));
  }

  private Answer whole(long number) {
    return Answer.json(
        new WholeLetter(
            LetterAnswer.of(desk.find(number)),
            desk.edits(number).stream()
                .map(edit -> new EditAnswer(edit.body().text(), edit.by(), edit.at()))
                .toList()));
  }

  private Answer retry(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    long number = found(exchange);
    desk.retry(exchange.principal().actor(), number);
    return whole(number);
  }

  private Answer edit(Exchange exchange) {
    EditedBody edited = exchange.json(EditedBody.class);
    long number = found(exchange);
    desk.editAndRetry(exchange.principal().actor(), number, edited.edits(), Body.of(edited.body()));
    return whole(number);
  }

  private Answer skip(Exchange exchange) {
    Reason reason = exchange.json(Reason.class);
    long number = found(exchange);
    desk.skip(exchange.principal().actor(), number, reason.reason());
    return whole(number);
  }

  /// @throws dev.entrepot.inbox.InboxException NOT_FOUND
  private long found(Exchange exchange) {
    return desk.find(exchange.number("number")).id();
  }

  private Answer plan(Exchange exchange) {
    PlanWish wish = exchange.json(PlanWish.class);
    BulkPlan plan = desk.plan(exchange.principal().actor(), wish.letterAct(), wish.filter());
    return Answer.json(
        new PlanAnswer(
            plan.id(),
            wish.act(),
            plan.letters(),
            plan.sample().stream().map(LetterAnswer::of).toList()));
  }

  private Answer apply(Exchange exchange) {
    NoWish _ = exchange.json(NoWish.class);
    List<Long> letters = desk.apply(exchange.principal().actor(), exchange.uuid("id")).letters();
    BulkOutcome outcome = desk.awaited(letters);
    return Answer.json(
        new Applied(
            letters.size(),
            outcome.resolved(),
            outcome.open(),
            outcome.retrying(),
            outcome.skipped()));
  }
}
