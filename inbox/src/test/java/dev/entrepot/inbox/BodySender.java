package dev.entrepot.inbox;

import dev.entrepot.spi.event.Body;
import dev.entrepot.spi.event.Delivery;
import dev.entrepot.spi.event.EntityChange;
import dev.entrepot.spi.event.EntityType;
import dev.entrepot.spi.event.EventException;
import dev.entrepot.spi.event.EventSource;
import dev.entrepot.spi.event.EventSourceFactory;
import dev.entrepot.spi.event.Facts;
import dev.entrepot.spi.event.Headers;
import dev.entrepot.spi.event.Identity;
import dev.entrepot.spi.event.Message;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A sender for tests whose bodies alone say what they are about: `{"topic":"…","key":"…"}`. Topic
/// and key decide what its events mean, as with Stripe.
public final class BodySender implements EventSourceFactory {
  private static final Pattern FORM =
      Pattern.compile("\\{\"topic\":\"([^\"]+)\",\"key\":\"([^\"]+)\"\\}");

  @Override
  public String kind() {
    return "body";
  }

  @Override
  public String title() {
    return "Body";
  }

  @Override
  public String secretHint() {
    return "none";
  }

  @Override
  public List<SettingField> settings() {
    return List.of();
  }

  @Override
  public EventSource open(Map<String, String> values) {
    return new Source();
  }

  @Override
  public Delivery sample(Map<String, String> values, String secret, long number, Instant now) {
    return delivery("sample", String.valueOf(number));
  }

  public static Delivery delivery(String topic, String key) {
    return delivery("{\"topic\":\"%s\",\"key\":\"%s\"}".formatted(topic, key));
  }

  public static Delivery delivery(String body) {
    return new Delivery(Headers.NONE, Body.of(body));
  }

  private static final class Source implements EventSource {
    @Override
    public Verdict verify(Delivery delivery, List<String> secrets, Instant now) {
      return new Verdict.Unsigned();
    }

    @Override
    public Identity identify(Delivery delivery) {
      String text = delivery.body().text();
      Matcher form = FORM.matcher(text);
      return form.matches()
          ? new Identity(text, form.group(1), "body/" + form.group(2), null)
          : new Identity("odd-" + text.hashCode(), "unreadable", "body/~odd", null);
    }

    @Override
    public Facts read(Message message) {
      Matcher form = FORM.matcher(message.body().text());
      if (!form.matches()) {
        throw new EventException(EventException.Code.MALFORMED, "it has no topic and key");
      }
      String topic = message.identity().topic();
      Instant at = message.receivedAt();
      return topic.endsWith("deleted")
          ? Facts.of(new EntityChange.Deleted("body", EntityType.CUSTOMER, form.group(2), at))
          : Facts.of(
              new EntityChange.Present(
                  "body",
                  EntityType.CUSTOMER,
                  form.group(2),
                  at,
                  message.body().text(),
                  Map.of(),
                  topic));
    }
  }
}
