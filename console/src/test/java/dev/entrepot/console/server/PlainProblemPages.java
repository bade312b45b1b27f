package dev.entrepot.console.server;

import java.nio.charset.StandardCharsets;

/// Shows problems as plain text.
public final class PlainProblemPages implements ProblemPages {
  @Override
  public Answer show(Problem problem, Visit visit) {
    String text = problem.title() + ": " + problem.detail() + "\n";
    return Answer.bytes(
        problem.status(), "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
