package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.StorableText;
import java.util.List;
import java.util.regex.Pattern;

/// What a destination may be.
final class DestinationCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int LONGEST_TITLE = 200;
  private static final int MOST_FILTERS = 100;

  private final WebhookReach reach;

  DestinationCheck(WebhookReach reach) {
    this.reach = reach;
  }

  /// @throws InboxException INVALID
  void require(DestinationDraft draft) {
    if (!NAME.matcher(draft.name()).matches()) {
      throw invalid(
          "name",
          "a destination cannot be named \""
              + draft.name()
              + "\"; take up to 64 small letters, digits and hyphens");
    }
    if (!TENANT.matcher(draft.tenant()).matches()) {
      throw invalid(
          "tenant",
          "\"" + draft.tenant() + "\" is no tenant; take up to 100 letters, digits, . _ and -");
    }
    if (draft.title().isBlank()
        || draft.title().length() > LONGEST_TITLE
        || !StorableText.accepts(draft.title())) {
      throw invalid("title", "give a title of 1 to " + LONGEST_TITLE + " characters");
    }
    reach
        .objection(draft.url())
        .ifPresent(objection -> {
          throw invalid("url", objection);
        });
    requireFew("topics", draft.topics());
    requireFew("connections", draft.connections());
    draft.topics().forEach(DestinationCheck::requireTopic);
    for (String connection : draft.connections()) {
      if (!NAME.matcher(connection).matches()) {
        throw invalid(
            "connections",
            "\"" + connection + "\" is no name of a connection; look at the list of connections");
      }
    }
  }

  private static void requireFew(String field, List<String> filters) {
    if (filters.size() > MOST_FILTERS) {
      throw invalid(
          field,
          "a destination can name up to "
              + MOST_FILTERS
              + " "
              + field
              + ", not "
              + filters.size()
              + "; name none to get all");
    }
  }

  private static void requireTopic(String topic) {
    int star = topic.indexOf('*');
    if (topic.isBlank()
        || topic.length() > Identity.LONGEST
        || topic.chars().anyMatch(Character::isISOControl)
        || !StorableText.accepts(topic)
        || (star >= 0 && star < topic.length() - 1)) {
      throw invalid(
          "topics",
          "\""
              + topic
              + "\" is no topic; give one like orders/create, or orders/* for all of them");
    }
  }

  static InboxException invalid(String field, String message) {
    return new InboxException(Code.INVALID, field, message);
  }
}
