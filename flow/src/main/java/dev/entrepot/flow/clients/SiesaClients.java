package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.Client.ImportedSync;
import dev.entrepot.flow.config.ConfigPart;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads clients as other systems have them: JSON, plain or as DynamoDB types it (`{"S": "acme"}`),
/// one object, a list, `{"Items": […]}`, or one object in each line.
public final class SiesaClients {

  /// One client of a text.
  ///
  /// @param number from 1, as they come
  /// @param config as far as it could be read
  /// @param sync what it says of its last sync; null: nothing
  /// @param problems with how it is written; refusing ones among them: it cannot be taken
  public record Found(
      int number, ClientConfig config, @Nullable ImportedSync sync, List<ConfigProblem> problems) {
    public Found {
      problems = List.copyOf(problems);
    }
  }

  private SiesaClients() {}

  /// @param problems get what is wrong with the text as a whole
  public static List<Found> read(String text, ConfigProblems problems) {
    List<Found> found = new ArrayList<>();
    for (Object one : objects(text, problems)) {
      var own = new ConfigProblems();
      ConfigTree tree = ConfigTree.of(DynamoValues.plain(one));
      ClientConfig config = ClientReader.read(tree, own);
      ConfigPart root = tree.root(own);
      ImportedSync sync = root.isMap() ? sync(root) : null;
      found.add(new Found(found.size() + 1, config, sync, own.all()));
    }
    if (found.isEmpty() && !problems.refuses()) {
      problems.error("", "there is no client in it", "give JSON with client_id and so on");
    }
    return found;
  }

  private static List<@Nullable Object> objects(String text, ConfigProblems problems) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() > 1 && lines.stream().allMatch(SiesaClients::looksWhole)) {
      List<@Nullable Object> objects = new ArrayList<>();
      for (String line : lines) {
        var own = new ConfigProblems();
        Object value = ConfigTree.read(line, own).value();
        int number = objects.size() + 1;
        own.all().forEach(problem -> problems.addAll(List.of(problem.below("line " + number))));
        objects.add(
            value instanceof Map<?, ?> map && map.get("Item") != null ? map.get("Item") : value);
      }
      return objects;
    }
    Object value = ConfigTree.read(text, problems).value();
    return switch (value) {
      case null -> List.of();
      case List<?> list -> new ArrayList<>(list);
      case Map<?, ?> map when map.get("Items") instanceof List<?> items -> new ArrayList<>(items);
      case Map<?, ?> map when map.get("Item") instanceof Map<?, ?> item -> List.of(item);
      default -> List.of(value);
    };
  }

  private static boolean looksWhole(String line) {
    String plain = line.strip();
    return plain.startsWith("{") && plain.endsWith("}");
  }

  private static @Nullable ImportedSync sync(ConfigPart root) {
    Instant at = instant(root.part("last_sync_timestamp"));
    String status = root.text("last_sync_status");
    Long records = count(root.part("last_sync_records"));
    if (at == null && status == null && records == null) {
      return null;
    }
    var sync = new ImportedSync(at, status, records);
    if (at != null && sync.succeededAt().isEmpty()) {
      ConfigPart part = root.part("last_sync_status");
      part.problems()
          .warning(
              part.place(),
              status == null
                  ? "it does not say whether the last sync succeeded"
                  : "the last sync did not succeed: " + part.quoted(),
              "the first run reads everything; last_sync_status success lets it go on where the"
                  + " last sync ended");
    }
    return sync;
  }

  /// ISO 8601, without an offset in UTC; or seconds or milliseconds since 1970.
  private static @Nullable Instant instant(ConfigPart part) {
    Optional<String> text = part.text().filter(one -> !one.equals("0"));
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (text.get().chars().allMatch(Character::isDigit)) {
        long number = Long.parseLong(text.get());
        return number > 100_000_000_000L
            ? Instant.ofEpochMilli(number)
            : Instant.ofEpochSecond(number);
      }
      return text.get().matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
          ? OffsetDateTime.parse(text.get()).toInstant()
          : LocalDateTime.parse(text.get()).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | NumberFormatException e) {
      part.problems()
          .warning(
              part.place(),
              part.quoted() + " is no time",
              "it is left out, so that the first sync reads everything");
      return null;
    }
  }

  private static @Nullable Long count(ConfigPart part) {
    try {
      return part.text().map(text -> new BigDecimal(text).longValueExact()).orElse(null);
    } catch (ArithmeticException | NumberFormatException e) {
      part.problems()
          .warning(part.place(), part.quoted() + " is no number of records", "it is left out");
      return null;
    }
  }
}
