package dev.entrepot.simulators.remote;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Answers the calls of programs: lets them in, does the harm that is due, has the system answer.
final class Desk {
  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final RemoteSystem system;
  private final Limiter limiter;
  private final Faults faults;
  private final CallLog log;
  private final CountDownLatch closed;
  private final Clock clock;

  Desk(RemoteServer server, Clock clock) {
    this.system = server.system();
    this.limiter = server.limiter();
    this.faults = server.faults();
    this.log = server.log();
    this.closed = server.closed();
    this.clock = clock;
  }

  void serve(HttpExchange http, String raw) throws IOException {
    var visit = new Visit(http, Call.read(http, raw), clock.instant(), log);
    try {
      visit.call().path(system.path(raw));
      var route = system.routes().find(visit.call());
      visit.route(route.name());
      admit(visit);
      var due = faults.due(visit.call());
      visit.fault(due.stream().map(FaultJson::words).collect(Collectors.joining(", ")));
      for (var harm : due) {
        if (harm instanceof Harm.Delay(Duration time)) {
          pause(time);
        }
      }
      answer(visit, route, due);
    } catch (Refusal refusal) {
      visit.send(system.error(visit.call(), refusal));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(Visit visit) {
    var call = visit.call();
    call.tenant(
        system
            .tenant(call)
            .orElseThrow(
                () -> new Refusal(401, "UNAUTHORIZED", "the credentials are not known here")));
    var admission = limiter.take(call.tenant(), visit.at());
    admission.tell(visit.headers());
    if (!admission.admitted()) {
      throw new Refusal(
          429,
          "RATE_LIMITED",
          "more than %d calls in %s".formatted(admission.limit().calls(), admission.limit().per()));
    }
  }

  private void answer(Visit visit, Routes.Route route, List<Harm> due)
      throws IOException, InterruptedException {
    visit.call().rejections(kind(due, Harm.RejectItems.class));
    var ending = due.stream().filter(Harm::ends).findFirst();
    if (ending.isEmpty()) {
      visit.send(carryOut(visit, route));
      return;
    }
    switch (ending.get()) {
      case Harm.Delay delay -> throw new AssertionError(delay);
      case Harm.RejectItems rejection -> throw new AssertionError(rejection);
      case Harm.Answer answer -> visit.send(armed(visit.call(), answer));
      case Harm.CutBefore() -> visit.cut();
      case Harm.CutAfter() -> {
        carryOut(visit, route);
        visit.cut();
      }
      case Harm.AnswerAfter(int status) -> {
        carryOut(visit, route);
        visit.send(error(visit.call(), status));
      }
      case Harm.SilentAfter(Duration time) -> {
        carryOut(visit, route);
        visit.enter(0);
        pause(time);
        visit.drop();
      }
      case Harm.Malformed() -> visit.send(carryOut(visit, route).malformed());
      case Harm.Truncated() -> visit.sendHalf(carryOut(visit, route));
      case Harm.Drip(Duration pause) -> visit.drip(carryOut(visit, route), pause, closed);
      case Harm.LoseResults(int count) -> visit.send(carryOut(visit, route).losing(count));
    }
  }

  private Reply carryOut(Visit visit, Routes.Route route) {
    try {
      return route.answer().apply(visit.call());
    } catch (Refusal refusal) {
      return system.error(visit.call(), refusal);
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, system.title() + " failed at " + visit.call().address(), e);
      return system.error(visit.call(), new Refusal(500, "SIMULATOR_FAILED", e.toString()));
    }
  }

  private Reply armed(Call call, Harm.Answer answer) {
    var reply =
        answer.body() == null
            ? error(call, answer.status())
            : Reply.raw(answer.status(), answer.body());
    return reply.with(answer.headers());
  }

  private Reply error(Call call, int status) {
    return system.error(call, new Refusal(status, "HTTP_" + status, "armed to answer " + status));
  }

  private void pause(Duration time) throws InterruptedException {
    if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the server closes");
    }
  }

  private static <H extends Harm> List<H> kind(List<Harm> due, Class<H> kind) {
    return due.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
