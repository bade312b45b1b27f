package dev.entrepot.onboarding.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.entrepot.model.SortableId;
import dev.entrepot.onboarding.notices.MailSettings.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MailCourierTest {
  private static final String FROM = "Entrepôt <hub@example.com>";

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            NoticeWorld.mailServer(ServerSetup.PROTOCOL_SMTP),
            NoticeWorld.mailServer(ServerSetup.PROTOCOL_SMTPS)
          });

  @AfterEach
  void stop() {
    server.stop();
  }

  private static MailSettings settings(int port, Security security) {
    return new MailSettings("127.0.0.1", port, null, null, security, FROM);
  }

  private MailCourier plain() {
    server.start();
    return new MailCourier(settings(server.getSmtp().getPort(), Security.NONE));
  }

  static Notices.Notice notice(
      String recipient, String subject, String body, @Nullable String html) {
    return new Notices.Notice(
        SortableId.next(),
        NoticeRow.MAIL,
        UploadEvent.FINISHED,
        "VEND001",
        null,
        recipient,
        subject,
        body,
        html,
        "queued",
        1,
        null,
        Finished.NOW,
        null);
  }

  @Test
  void aMessageArrivesInBothForms() throws Exception {
    Notices.Notice notice =
        notice("bob@example.com", "Upload – größer (92.9% accepted)", "Grüße\n", "<p>Grüße</p>");
    assertThat(plain().deliver(notice)).isEqualTo(new Courier.Sent());
    MimeMessage message = server.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo(notice.subject());
    assertThat(message.getFrom()[0].toString()).contains("hub@example.com");
    assertThat(message.getMessageID()).isEqualTo("<" + notice.id() + "@example.com>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("Date")).containsExactly("Fri, 20 Nov 2026 10:00:00 GMT");
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(text(parts.getBodyPart(0))).isEqualTo("Grüße\n");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(text(parts.getBodyPart(1))).isEqualTo("<p>Grüße</p>");
  }

  private static String text(BodyPart part) throws Exception {
    return part.getContent().toString().replace("\r\n", "\n");
  }

  @ParameterizedTest
  @MethodSource("dev.entrepot.onboarding.notices.NaughtyStrings#all")
  void naughtySubjectsAddNoHeaderAndComeBackWhole(String naughty) throws Exception {
    String subject = "Product upload failed - " + Display.line(naughty, 120);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new MailCourier(settings(25, Security.NONE))
        .message(notice("bob@example.com", subject, "body", "<p>body</p>"))
        .writeTo(bytes);
    MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(message.getSubject().strip()).isEqualTo(subject.strip());
    assertThat(Collections.list(message.getAllHeaders()))
        .extracting(header -> header.getName())
        .containsExactlyInAnyOrder(
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Auto-Submitted",
            "Content-Type");
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().takeWhile(line -> !line.isEmpty()))
        .allMatch(line -> line.length() <= 998 && line.chars().allMatch(c -> c < 127));
  }

  @Test
  void anInternationalDomainIsWrittenInAscii() throws Exception {
    assertThat(plain().deliver(notice("einkauf@müller.example", "s", "b", null)))
        .isEqualTo(new Courier.Sent());
    assertThat(server.getReceivedMessages()[0].getAllRecipients()[0])
        .hasToString("einkauf@xn--mller-kva.example");
  }

  @Test
  void signingIn() {
    server.start();
    server.setUser("hub@example.com", "hub", "right");
    int port = server.getSmtp().getPort();
    assertThat(
            new MailCourier(
                    new MailSettings("127.0.0.1", port, "hub", "right", Security.NONE, FROM))
                .deliver(notice("bob@example.com", "s", "b", null)))
        .isEqualTo(new Courier.Sent());
    assertThat(
            new MailCourier(
                    new MailSettings("127.0.0.1", port, "hub", "wrong", Security.NONE, FROM))
                .deliver(notice("bob@example.com", "s", "b", null)))
        .isInstanceOfSatisfying(
            Courier.Later.class,
            later -> assertThat(later.reason()).contains("refuses the user hub"));
  }

  @Test
  void nothingIsSaidInTheClearUnlessAllowed() {
    server.start();
    assertLater(settings(server.getSmtp().getPort(), Security.STARTTLS), "STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void anUnknownCertificateIsNotTrusted() {
    server.start();
    assertLater(settings(server.getSmtps().getPort(), Security.TLS), "127.0.0.1");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsTriedLater() {
    server.start();
    int port = server.getSmtp().getPort();
    server.stop();
    assertLater(settings(port, Security.NONE), "127.0.0.1");
  }

  private static void assertLater(MailSettings settings, String reason) {
    assertThat(new MailCourier(settings).deliver(notice("bob@example.com", "s", "b", null)))
        .isInstanceOfSatisfying(
            Courier.Later.class, later -> assertThat(later.reason()).contains(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, GivenUp",
    "RCPT, 450 4.2.1 mailbox busy, Later",
    "DATA, 554 5.7.1 not wanted, GivenUp",
    "'.', 552 5.3.4 too big, GivenUp",
    "'.', 451 4.3.0 not now, Later",
    "'.', '', Later",
    "MAIL, 452 4.3.1 no room, Later"
  })
  void refusals(String command, String answer, String outcome) throws IOException {
    try (ScriptedSmtp scripted = new ScriptedSmtp(Map.of(command, answer))) {
      Courier.Delivery delivery =
          new MailCourier(settings(scripted.port(), Security.NONE))
              .deliver(notice("bob@example.com", "s", "b", null));
      assertThat(delivery.getClass().getSimpleName()).as("%s", delivery).isEqualTo(outcome);
    }
  }

  @Test
  void anAddressThatIsNoneIsGivenUp() {
    assertThat(plain().deliver(notice("bob@@example.com", "s", "b", null)))
        .isInstanceOf(Courier.GivenUp.class);
  }

  @Test
  void settingsAreCheckedAndHideThePassword() {
    assertThat(new MailSettings("h", 587, "u", "secret", Security.STARTTLS, FROM).toString())
        .doesNotContain("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailSettings("h", 0, null, null, Security.TLS, FROM));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailSettings("h", 25, "u", null, Security.TLS, FROM));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailSettings(" ", 25, null, null, Security.TLS, FROM));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MailSettings("h", 25, null, null, Security.TLS, "nobody"));
  }
}
