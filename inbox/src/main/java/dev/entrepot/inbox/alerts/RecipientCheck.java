package dev.entrepot.inbox.alerts;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.alerts.AlertRecipient.Channel;
import dev.entrepot.kit.outbound.WebhookReach;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether recipients can be reached. An address that never can is refused; one that cannot as the
/// server is set up now is taken, and told of.
final class RecipientCheck {
  private static final int LONGEST_MAILBOX = 254;
  private static final int LONGEST_LOCAL = 64;

  /// Words with dots between them, before the `@`.
  private static final Pattern LOCAL =
      Pattern.compile("WORD(\\.WORD)*".replace("WORD", "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"));

  private static final Pattern DOMAIN = Pattern.compile("[^.]+(\\.[^.]+)*");

  private final WebhookReach reach;
  private final AlertPost post;

  RecipientCheck(WebhookReach reach, AlertPost post) {
    this.reach = reach;
    this.post = post;
  }

  /// @throws InboxException INVALID when it can never be reached
  void require(Channel channel, String address) {
    objection(channel, address)
        .ifPresent(objection -> {
          throw new InboxException(Code.INVALID, "address", objection);
        });
  }

  Optional<String> hindrance(AlertRecipient recipient) {
    return objection(recipient.channel(), recipient.address())
        .or(() -> Optional.ofNullable(post.hindrance(recipient.channel())));
  }

  private Optional<String> objection(Channel channel, String address) {
    return switch (channel) {
      case MAIL ->
          isMailbox(address)
              ? Optional.empty()
              : Optional.of(
                  "\"%s\" is no e-mail address; give one like care@example.com, without a display name"
                      .formatted(address));
      case WEBHOOK -> unreachable(address);
    };
  }

  private Optional<String> unreachable(String address) {
    try {
      return reach.objection(new URI(address));
    } catch (URISyntaxException e) {
      return Optional.of(
          "\"%s\" is no URL; give one like https://hooks.example.com/alerts".formatted(address));
    }
  }

  private static boolean isMailbox(String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at > LONGEST_LOCAL || address.length() > LONGEST_MAILBOX) {
      return false;
    }
    try {
      String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      return LOCAL.matcher(address.substring(0, at)).matches() && DOMAIN.matcher(domain).matches();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
