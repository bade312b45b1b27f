package dev.entrepot.inbox.delivery;

import dev.entrepot.inbox.InboxException;
import dev.entrepot.inbox.InboxException.Code;
import dev.entrepot.inbox.log.Positions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which delivery. People see it as the event's position and a number, such as `20778-1234-56`.
///
/// @param position of its event
public record DeliveryId(long position, long number) {
  private static final Pattern TEXT = Pattern.compile("(\\d+-\\d+)-(\\d{1,18})");

  /// As people see it.
  public String text() {
    return Positions.text(position) + "-" + number;
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws InboxException NOT_FOUND for anything else
  public static DeliveryId parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      try {
        return new DeliveryId(Positions.parse(matcher.group(1)), Long.parseLong(matcher.group(2)));
      } catch (IllegalArgumentException e) {
        throw none(text);
      }
    }
    throw none(text);
  }

  static InboxException none(String text) {
    return new InboxException(
        Code.NOT_FOUND, "there is no delivery \"" + text + "\"; look at the list of them");
  }
}
