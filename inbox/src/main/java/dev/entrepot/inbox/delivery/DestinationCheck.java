package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.FieldFault;
import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.storage.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /// @throws InboxException INVALID, with all that is wrong
  void require(DestinationDraft draft) {
    List<FieldFault> faults = faults(draft);
    if (!faults.isEmpty()) {
      throw new InboxException(faults);
    }
  }

  private List<FieldFault> faults(DestinationDraft draft) {
    List<FieldFault> faults = new ArrayList<>();
    if (!NAME.matcher(draft.name()).matches()) {
      faults.add(
          new FieldFault(
              "name",
              "a destination cannot be named \""
                  + draft.name()
                  + "\"; take up to 64 small letters, digits and hyphens"));
    }
    if (!TENANT.matcher(draft.tenant()).matches()) {
      faults.add(
          new FieldFault(
              "tenant",
              "\""
                  + draft.tenant()
                  + "\" is no tenant; take up to 100 letters, digits, . _ and -"));
    }
    if (draft.title().isBlank()
        || draft.title().length() > LONGEST_TITLE
        || !StorableText.accepts(draft.title())) {
      faults.add(new FieldFault("title", "give a title of 1 to " + LONGEST_TITLE + " characters"));
    }
    objection(draft.url()).ifPresent(objection -> faults.add(new FieldFault("url", objection)));
    few("topics", draft.topics(), faults);
    few("connections", draft.connections(), faults);
    draft.topics().forEach(topic -> topic(topic, faults));
    for (String connection : draft.connections()) {
      if (!NAME.matcher(connection).matches()) {
        faults.add(
            new FieldFault(
                "connections",
                "\""
                    + connection
                    + "\" is no name of a connection; their names: entrepot connection list"));
      }
    }
    return faults;
  }

  private Optional<String> objection(String url) {
    try {
      return reach.objection(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.of("\"" + url + "\" is no URL; give one like https://example.com/hooks");
    }
  }

  private static void few(String field, List<String> filters, List<FieldFault> faults) {
    if (filters.size() > MOST_FILTERS) {
      faults.add(
          new FieldFault(
              field,
              "a destination can name up to "
                  + MOST_FILTERS
                  + " "
                  + field
                  + ", not "
                  + filters.size()
                  + "; name none to get all"));
    }
  }

  private static void topic(String topic, List<FieldFault> faults) {
    int star = topic.indexOf('*');
    if (topic.isBlank()
        || topic.length() > Identity.LONGEST
        || topic.chars().anyMatch(Character::isISOControl)
        || !StorableText.accepts(topic)
        || (star >= 0 && star < topic.length() - 1)) {
      faults.add(
          new FieldFault(
              "topics",
              "\""
                  + topic
                  + "\" is no topic; give one like orders/create, or orders/* for all of them"));
    }
  }

  static InboxException invalid(String field, String message) {
    return new InboxException(Code.INVALID, field, message);
  }
}
