package dev.entrepot.console.server;

import java.io.IOException;

/// Answers the requests of one route. Runs on a virtual thread of its own and may block. Throws
/// [ProblemException] for what the client did wrong; exceptions of other modules' faces are turned
/// into problems by [Problems].
@FunctionalInterface
public interface Handler {
  Answer handle(Exchange exchange) throws IOException, InterruptedException;
}
