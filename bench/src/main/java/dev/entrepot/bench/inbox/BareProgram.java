package dev.entrepot.bench.inbox;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks signatures and forgets the events: what a receiver on this HTTP server could do if
/// keeping and handing on cost nothing.
public final class BareProgram {
  private static final String ALGORITHM = "HmacSHA256";

  private BareProgram() {}

  /// @param args the port and the secret
  public static void main(String[] args) throws Exception {
    SecretKeySpec key = new SecretKeySpec(args[1].getBytes(StandardCharsets.UTF_8), ALGORITHM);
    var signature = HeaderNames.create("X-Shopify-Hmac-Sha256");
    byte[] answer = "{\"event\":\"0\",\"duplicate\":false}".getBytes(StandardCharsets.US_ASCII);
    WebServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(Integer.parseInt(args[0]))
        .routing(routing ->
            routing.post(
                "/hooks/{connection}",
                (request, response) -> {
                  try (InputStream body = request.content().inputStream()) {
                    byte[] told =
                        request
                            .headers()
                            .first(signature)
                            .map(Base64.getDecoder()::decode)
                            .orElse(new byte[0]);
                    boolean genuine = MessageDigest.isEqual(told, digest(key, body.readAllBytes()));
                    response.status(genuine ? Status.OK_200 : Status.UNAUTHORIZED_401);
                    response.send(answer);
                  }
                }))
        .build()
        .start();
    Thread.currentThread().join();
  }

  private static byte[] digest(SecretKeySpec key, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not available in this Java", e);
    }
  }
}
