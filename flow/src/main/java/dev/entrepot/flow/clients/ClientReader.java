package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.ClientConfig.Side;
import dev.entrepot.flow.clients.FlowOptions.CallLimit;
import dev.entrepot.flow.clients.FlowOptions.Retries;
import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.NearestName;
import dev.entrepot.flow.mapping.MappingName;
import dev.entrepot.flow.schedules.CatchUp;
import dev.entrepot.flow.schedules.SchedulePlan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a client in the form in which it is imported, kept in a workspace and told by the API: the
/// established names, and ours for what they do not say.
public final class ClientReader {
  /// The name that a client's id has.
  public static final String ID = "client_id";

  static final List<String> NAMES =
      List.of(
          ID,
          "client_name",
          "enabled",
          "product_type",
          "siesa_api_url",
          "siesa_credentials_secret",
          "product_api_url",
          "product_credentials_secret",
          "aws_account_id",
          "sync_schedule",
          "field_mappings_key",
          "source",
          "source_settings",
          "product_settings",
          "timezone",
          "catch_up",
          "flow");

  /// What clients that are imported have besides, and what becomes of it is not configuration.
  static final List<String> HISTORY =
      List.of(
          "last_sync_timestamp",
          "last_sync_status",
          "last_sync_records",
          "created_at",
          "updated_at");

  static final List<String> FLOW =
      List.of(
          "page_size",
          "overlap",
          "missing",
          "concurrency",
          "source_rate_limit",
          "product_rate_limit",
          "retries");
  static final List<String> RETRIES =
      List.of("fault", "unavailable", "throttled", "first_pause", "longest_pause");

  private static final String SIESA = "siesa";
  private static final String SECRETS = "siesa-integration/";

  private final ConfigPart root;

  private ClientReader(ConfigPart root) {
    this.root = root;
  }

  /// @param problems get all that is wrong with how it is written; the client is then as far as it
  ///   could be read
  public static ClientConfig read(ConfigTree tree, ConfigProblems problems) {
    ConfigPart root = tree.root(problems);
    if (!root.isMap()) {
      root.error("there is no client", "write client_id, product_type and so on");
    }
    if (root.isMap()) {
      root.requireKnown(names());
    }
    return new ClientReader(root).client();
  }

  /// All names that a client may have.
  public static List<String> names() {
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(HISTORY);
    return names;
  }

  /// All names that a client's `flow` may have.
  public static List<String> flowNames() {
    return FLOW;
  }

  /// The full name of the credentials of a client's system.
  public static String secretName(String client, String system) {
    return SECRETS + client + "/" + system;
  }

  private ClientConfig client() {
    String id = root.required(ID, "give the client an id, such as acme");
    String product =
        root.required("product_type", "name the kind of destination, such as kong or wms");
    String source = Optional.ofNullable(root.text("source")).orElse(SIESA);
    return new ClientConfig(
        id,
        Optional.ofNullable(root.text("client_name")).orElse(id),
        root.part("enabled").truth().orElse(true),
        side(source, id, "siesa_api_url", "siesa_credentials_secret", "source_settings"),
        side(product, id, "product_api_url", "product_credentials_secret", "product_settings"),
        schedule(),
        MappingName.of(
            root.required("field_mappings_key", "name the mapping, such as kong-standard")),
        options(root.part("flow")),
        root.text("aws_account_id"));
  }

  private Side side(String kind, String id, String url, String secret, String settings) {
    return new Side(
        kind,
        Optional.ofNullable(root.text(url)).orElse(""),
        Optional.ofNullable(root.text(secret)).orElse(secretName(id, kind)),
        settings(root.part(settings)));
  }

  private static Map<String, String> settings(ConfigPart part) {
    Map<String, String> settings = new TreeMap<>();
    part.parts().forEach((name, one) -> one.text().ifPresent(text -> settings.put(name, text)));
    return settings;
  }

  private @Nullable SchedulePlan schedule() {
    String expression = root.text("sync_schedule");
    CatchUp catchUp = catchUp(root.part("catch_up"));
    ZoneId zone = zone(root.part("timezone"));
    return expression == null ? null : new SchedulePlan(expression, zone, catchUp);
  }

  private static CatchUp catchUp(ConfigPart part) {
    Optional<String> word = part.text();
    Optional<CatchUp> catchUp =
        word.flatMap(one ->
            Arrays.stream(CatchUp.values()).filter(value -> word(value).equals(one)).findFirst());
    if (word.isPresent() && catchUp.isEmpty()) {
      part.error(
          "there is no way to catch up called " + part.quoted(),
          NearestName.remedy(
              word.get(), Arrays.stream(CatchUp.values()).map(ClientReader::word).toList()));
    }
    return catchUp.orElse(CatchUp.ONCE);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static ZoneId zone(ConfigPart part) {
    Optional<String> name = part.text();
    try {
      return name.map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      part.error(
          "there is no time zone " + part.quoted(),
          NearestName.of(name.orElse(""), ZoneId.getAvailableZoneIds())
              .map(zone -> "perhaps %s is meant".formatted(zone))
              .orElse("write one like America/Bogota, or leave it out for UTC"));
      return ZoneOffset.UTC;
    }
  }

  private static FlowOptions options(ConfigPart part) {
    part.requireKnown(FLOW);
    return new FlowOptions(
        part.part("page_size").whole(1, 1000).orElse(null),
        duration(part.part("overlap")),
        missing(part.part("missing")),
        part.part("concurrency").whole(1, 32).orElse(null),
        limit(part.part("source_rate_limit")),
        limit(part.part("product_rate_limit")),
        retries(part.part("retries")));
  }

  private static boolean missing(ConfigPart part) {
    Optional<String> word = part.text();
    if (word.isPresent() && !List.of("keep", "delete").contains(word.get())) {
      part.error(
          "%s is no policy for what is missing in the source".formatted(part.quoted()),
          "write keep or delete");
    }
    return word.filter("delete"::equals).isPresent();
  }

  private static @Nullable Duration duration(ConfigPart part) {
    Optional<String> text = part.text();
    Optional<Duration> duration = text.flatMap(TimeText::read);
    if (text.isPresent() && duration.isEmpty()) {
      part.error(part.quoted() + " is no time", "write it like 90s, 5m or 6h");
    }
    return duration.orElse(null);
  }

  /// `100`: a minute; `none`; or calls and per.
  private static @Nullable CallLimit limit(ConfigPart part) {
    if (part.absent()) {
      return null;
    }
    if (!part.isMap()) {
      return "none".equals(part.value())
          ? CallLimit.NONE
          : part.whole(1, 1_000_000)
              .map(calls -> new CallLimit(calls, Duration.ofMinutes(1)))
              .orElse(null);
    }
    part.requireKnown(List.of("calls", "per"));
    Optional<Integer> calls = part.part("calls").whole(1, 1_000_000);
    if (part.part("calls").absent()) {
      part.part("calls").error("calls is missing", "write how many calls are allowed");
    }
    Duration per = duration(part.part("per"));
    if (per != null && (per.isZero() || per.compareTo(Duration.ofDays(1)) > 0)) {
      part.part("per").error("a limit is per second to per day", "write it like 1s, 1m or 1h");
      return null;
    }
    Duration time = per == null ? Duration.ofMinutes(1) : per;
    return calls.map(count -> new CallLimit(count, time)).orElse(null);
  }

  private static Retries retries(ConfigPart part) {
    part.requireKnown(RETRIES);
    Duration first = duration(part.part("first_pause"));
    Duration longest = duration(part.part("longest_pause"));
    if (first != null && (first.isZero() || (longest != null && longest.compareTo(first) < 0))) {
      part.error(
          "the first pause is not positive, or the longest is shorter than it",
          "write for example first_pause: 1s and longest_pause: 5m");
    }
    return new Retries(
        part.part("fault").whole(1, 20).orElse(null),
        part.part("unavailable").whole(1, 100).orElse(null),
        part.part("throttled").whole(1, 1000).orElse(null),
        first,
        longest);
  }
}
