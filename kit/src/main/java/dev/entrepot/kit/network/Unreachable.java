package dev.entrepot.kit.network;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// Why another system cannot be talked to, in words for people: the JDK's exceptions often say
/// nothing, or only their causes do.
public final class Unreachable {
  private Unreachable() {}

  /// @return without a full stop, such as `the connection was refused`
  public static String why(Throwable problem) {
    Throwable root = problem;
    while (true) {
      if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
        return root.getMessage() == null
            ? "no such host is known"
            : "there is no host " + root.getMessage();
      }
      if (root.getCause() == null) {
        return last(root, problem);
      }
      root = root.getCause();
    }
  }

  private static String last(Throwable root, Throwable problem) {
    String said = root.getMessage();
    return switch (root) {
      case HttpTimeoutException _, SocketTimeoutException _ -> "it did not answer in time";
      case SSLException _ -> "no secure connection: " + said;
      case ClosedChannelException _ when problem instanceof ConnectException ->
          "the connection was refused";
      case ConnectException _ when said == null || said.contains("refused") ->
          "the connection was refused";
      case ClosedChannelException _, EOFException _ -> "the connection was cut";
      default -> said == null ? root.getClass().getSimpleName() : said;
    };
  }
}
