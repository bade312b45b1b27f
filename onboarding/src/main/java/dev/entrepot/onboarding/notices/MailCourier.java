package dev.entrepot.onboarding.notices;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands mail to an SMTP server, one connection a message. The `Message-ID` is the same at every
/// attempt, so that repeats can be told. Safe for use by many threads.
///
/// A recipient or message that the server refuses for good (5xx) is given up; everything else,
/// refused sign-ins and senders included, is tried again: an operator can mend it meanwhile.
public final class MailCourier implements Courier {
  private static final String CONNECT_MILLIS = "10000";
  private static final String SILENCE_MILLIS = "20000";

  /// Three bytes each at most, they stay within the 75 characters of an encoded word.
  private static final int CHARACTERS_A_WORD = 14;

  private final MailSettings settings;
  private final Session session;

  public MailCourier(MailSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  private static Properties properties(MailSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
    properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.setProperty("mail.smtp.timeout", SILENCE_MILLIS);
    properties.setProperty("mail.smtp.writetimeout", SILENCE_MILLIS);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.security()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
    }
    return properties;
  }

  @Override
  public Delivery deliver(Notices.Notice notice) {
    try {
      MimeMessage message = message(notice);
      try (Transport transport = session.getTransport()) {
        transport.connect(settings.user(), settings.password());
        transport.sendMessage(message, message.getAllRecipients());
      }
      return new Sent();
    } catch (AddressException e) {
      return new GivenUp(
          "\"" + notice.recipient() + "\" is not an e-mail address; mend the vendor's");
    } catch (AuthenticationFailedException e) {
      return new Later(
          "the mail server "
              + settings.host()
              + " refuses the user "
              + settings.user()
              + ": "
              + e.getMessage()
              + "; check the mail settings",
          null);
    } catch (MessagingException e) {
      return failed(e);
    }
  }

  private Delivery failed(MessagingException failure) {
    String reason = "the mail server " + settings.host() + ": " + failure.getMessage();
    for (Exception cause = failure; cause != null; cause = next(cause)) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
          };
      if (code >= 500 && code < 600) {
        return new GivenUp(reason + "; check the vendor's e-mail address");
      }
    }
    return new Later(reason, null);
  }

  private static @Nullable Exception next(Exception exception) {
    return exception instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  MimeMessage message(Notices.Notice notice) throws MessagingException {
    InternetAddress from = sender(settings.from());
    String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    MimeMessage message = new IdentifiedMessage(session, "<" + notice.id() + "@" + domain + ">");
    message.setFrom(from);
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress(deliverable(notice.recipient()), true));
    setSubject(message, notice.subject());
    message.setHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(notice.createdAt().atOffset(ZoneOffset.UTC)));
    // RFC 3834: keeps vacation answers away.
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(notice.body(), StandardCharsets.UTF_8.name());
    MimeMultipart parts = new MimeMultipart("alternative", text);
    if (notice.html() != null) {
      MimeBodyPart html = new MimeBodyPart();
      html.setText(notice.html(), StandardCharsets.UTF_8.name(), "html");
      parts.addBodyPart(html);
    }
    message.setContent(parts);
    message.saveChanges();
    return message;
  }

  private static InternetAddress sender(String from) throws MessagingException {
    InternetAddress sender = new InternetAddress(from, true);
    String name = sender.getPersonal();
    try {
      // As parsed it would go out unencoded.
      sender.setPersonal(name, StandardCharsets.UTF_8.name());
      return sender;
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("UTF-8 is not known", e);
    }
  }

  // What looks encoded already would be shown decoded: then it is encoded whole, RFC 2047.
  private static void setSubject(MimeMessage message, String subject) throws MessagingException {
    if (!subject.contains("=?")) {
      message.setSubject(subject, StandardCharsets.UTF_8.name());
      return;
    }
    StringBuilder words = new StringBuilder();
    for (int start = 0; start < subject.length(); ) {
      int end = Math.min(start + CHARACTERS_A_WORD, subject.length());
      if (Character.isHighSurrogate(subject.charAt(end - 1)) && end < subject.length()) {
        end++;
      }
      byte[] bytes = subject.substring(start, end).getBytes(StandardCharsets.UTF_8);
      words
          .append(words.isEmpty() ? "" : "\r\n ")
          .append("=?UTF-8?B?")
          .append(Base64.getEncoder().encodeToString(bytes))
          .append("?=");
      start = end;
    }
    message.setHeader("Subject", words.toString());
  }

  // Mail servers know names of domains in ASCII only.
  private static String deliverable(String address) throws AddressException {
    int at = address.lastIndexOf('@');
    try {
      return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    } catch (IllegalArgumentException e) {
      throw new AddressException("no domain", address);
    }
  }

  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;

    IdentifiedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
