package dev.entrepot.console.pages.entrance;

import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Visitor;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Method;
import dev.entrepot.console.server.Problem;
import dev.entrepot.console.server.ProblemPages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shows problems as pages; whoever is not signed in is led to where one signs in.
public final class ProblemScreens implements ProblemPages {
  private static final Pattern REFERENCE = Pattern.compile("reference ([0-9a-f-]{36})");
  private static final int UNAUTHENTICATED = 401;
  private static final int BROKEN = 500;

  private final Shell shell;

  public ProblemScreens(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Answer show(Problem problem, Visit visit) {
    if (problem.status() == UNAUTHENTICATED) {
      return signIn(visit);
    }
    Visitor visitor = Visitor.of(visit);
    return shell.show(
        visitor,
        problem.status(),
        new dev.entrepot.console.view.Problem(
            shell.frame(visitor, problem.title(), List.of()),
            problem.status(),
            problem.title(),
            text(problem),
            reference(problem)));
  }

  private static Answer signIn(Visit visit) {
    String place = visit.path() + (visit.query().isEmpty() ? "" : "?" + visit.query());
    String next =
        visit.method() == Method.GET && !place.equals("/")
            ? "?next=" + URLEncoder.encode(place, StandardCharsets.UTF_8)
            : "";
    String address = EntrancePages.SIGN_IN + next;
    return visit.header().apply("HX-Request").isPresent()
        ? Answer.empty(200).with("HX-Redirect", EntrancePages.SIGN_IN)
        : Answer.seeOther(address);
  }

  private static String text(Problem problem) {
    return problem.status() == BROKEN
        ? "What you asked for may not have happened: look before you repeat it. If it happens again,"
            + " tell the operator the reference below."
        : Words.sentence(problem.detail());
  }

  private static @Nullable String reference(Problem problem) {
    Matcher matcher = REFERENCE.matcher(problem.detail());
    return problem.status() == BROKEN && matcher.find() ? matcher.group(1) : null;
  }
}
