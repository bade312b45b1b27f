package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.model.SortableId;
import io.helidon.common.tls.Tls;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver whose certificate is made out to `localhost` and signed by itself.
class WebhookTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpsServer server;
  private X509Certificate certificate;

  @BeforeEach
  void start() throws Exception {
    KeyStore keys = keys();
    certificate = (X509Certificate) keys.getCertificate("receiver");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
          }
        });
    server.start();
  }

  private KeyStore keys() throws Exception {
    Path file = folder.resolve("receiver.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookCourier trusting() {
    return new WebhookCourier(
        _ -> Optional.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        new WebhookPoster(
            WebhookReach.PRIVATE_TOO,
            Clock.systemUTC(),
            NoticeWorld.PATIENT,
            Tls.builder().addTrust(certificate).build()));
  }

  private Notices.Notice notice(String host) {
    return new Notices.Notice(
        SortableId.next(),
        NoticeRow.WEBHOOK,
        UploadEvent.FINISHED,
        "VEND001",
        null,
        "https://" + host + ":" + server.getAddress().getPort() + "/hook",
        UploadEvent.FINISHED,
        "{}",
        null,
        "queued",
        1,
        null,
        Finished.NOW,
        null);
  }

  @Test
  void aTrustedReceiverGetsIt() {
    assertThat(trusting().deliver(notice("localhost"))).isEqualTo(new Courier.Sent());
    assertThat(requests.get()).isEqualTo(1);
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    assertThat(trusting().deliver(notice("127.0.0.1"))).isInstanceOf(Courier.Later.class);
    assertThat(requests.get()).isZero();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    WebhookCourier courier =
        new WebhookCourier(
            _ -> Optional.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            new WebhookPoster(WebhookReach.PRIVATE_TOO, Clock.systemUTC(), NoticeWorld.PATIENT));
    assertThat(courier.deliver(notice("localhost")))
        .isInstanceOfSatisfying(
            Courier.Later.class,
            later -> assertThat(later.reason()).contains("cannot be talked to"));
    assertThat(requests.get()).isZero();
  }
}
