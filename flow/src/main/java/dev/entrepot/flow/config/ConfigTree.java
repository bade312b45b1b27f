package dev.entrepot.flow.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.json.JsonMapper;

/// A text in YAML 1.2, of which JSON is a part, as values: null, `String`, `Boolean`, `Long`,
/// `BigDecimal`, lists, and maps by name, with the lines they are on. Not changed once read; its
/// collections are the reader's own.
public final class ConfigTree {
  private static final int LONGEST = 4 << 20;
  private static final int MOST_NODES = 200_000;
  private static final int DEEPEST = 50;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final @Nullable Object root;
  private final Map<String, Integer> lines;

  private ConfigTree(@Nullable Object root, Map<String, Integer> lines) {
    this.root = root;
    this.lines = lines;
  }

  /// Reads a text; values that appear twice in one map are told, as is everything that is no YAML.
  ///
  /// @param problems get what is wrong; the tree is then as far as it could be read
  public static ConfigTree read(String text, ConfigProblems problems) {
    if (text.length() > LONGEST) {
      problems.error(
          "",
          "the text has %d characters, more than %d".formatted(text.length(), LONGEST),
          "split it");
      return of(null);
    }
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(LONGEST).build();
      var reading = new Reading(problems);
      Object root =
          new Compose(settings)
              .composeString(plain(text))
              .map(node -> reading.value(node, "", 0))
              .orElse(null);
      return new ConfigTree(root, reading.lines);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.error(
          "", "line " + line + ": " + e.getProblem(), "mend it so that it is YAML or JSON");
      return new ConfigTree(null, Map.of("", line));
    } catch (YamlEngineException e) {
      problems.error("", String.valueOf(e.getMessage()), "mend it so that it is YAML or JSON");
    }
    return of(null);
  }

  /// Without a byte order mark. JSON may be indented with tabs, which YAML does not take; within
  /// its texts there are none.
  private static String plain(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String start = plain.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? plain.replace('\t', ' ') : plain;
  }

  /// Values that did not come from a text.
  public static ConfigTree of(@Nullable Object root) {
    return new ConfigTree(root, Map.of());
  }

  /// All of it; problems go to the list that is given.
  public ConfigPart root(ConfigProblems problems) {
    return new ConfigPart(root, "", problems);
  }

  public @Nullable Object value() {
    return root;
  }

  /// The line of a place, counted from 1, or of what it is in; 1 when it is in no text.
  public int line(String place) {
    String at = place;
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      int point = at.lastIndexOf('.');
      at = point < 0 ? "" : at.substring(0, point);
    }
    return lines.getOrDefault("", 1);
  }

  /// The place of a part within a place.
  public static String join(String parent, String part) {
    return parent.isEmpty() || part.isEmpty() ? parent + part : parent + "." + part;
  }

  /// Values as YAML in blocks, as people write it.
  public static String yaml(@Nullable Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(value);
  }

  /// Values as JSON in one line.
  public static String json(@Nullable Object value) {
    return JSON.writeValueAsString(value);
  }

  /// One pass over the nodes, bounded, since aliases may unfold without end.
  private static final class Reading {
    private final ConfigProblems problems;
    private final Map<String, Integer> lines = new HashMap<>();
    private int nodes;

    Reading(ConfigProblems problems) {
      this.problems = problems;
    }

    @Nullable Object value(Node node, String place, int depth) {
      if (++nodes > MOST_NODES || depth > DEEPEST) {
        throw new YamlEngineException("it has too many parts, or parts within parts");
      }
      node.getStartMark().ifPresent(mark -> lines.putIfAbsent(place, mark.getLine() + 1));
      return switch (node) {
        case MappingNode map -> map(map, place, depth);
        case SequenceNode list -> list(list, place, depth);
        case ScalarNode scalar -> scalar(scalar, place);
        default -> null;
      };
    }

    private Map<String, @Nullable Object> map(MappingNode node, String place, int depth) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (NodeTuple tuple : node.getValue()) {
        String name =
            tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(no name)";
        String at = join(place, name);
        if (map.containsKey(name)) {
          tuple.getKeyNode().getStartMark().ifPresent(mark -> lines.put(at, mark.getLine() + 1));
          problems.error(at, name + " is there twice", "keep one of them");
          continue;
        }
        tuple.getKeyNode().getStartMark().ifPresent(mark -> lines.put(at, mark.getLine() + 1));
        map.put(name, value(tuple.getValueNode(), at, depth + 1));
      }
      return map;
    }

    private List<@Nullable Object> list(SequenceNode node, String place, int depth) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Node one : node.getValue()) {
        list.add(value(one, join(place, Integer.toString(list.size() + 1)), depth + 1));
      }
      return list;
    }

    private @Nullable Object scalar(ScalarNode node, String place) {
      String text = node.getValue();
      Tag tag = node.getTag();
      if (tag.equals(Tag.NULL)) {
        return null;
      }
      if (tag.equals(Tag.BOOL)) {
        return Boolean.valueOf(text);
      }
      if (!tag.equals(Tag.INT) && !tag.equals(Tag.FLOAT)) {
        return text;
      }
      try {
        BigDecimal number = new BigDecimal(text);
        return tag.equals(Tag.INT) && number.precision() < 19
            ? (Object) number.longValue()
            : number;
      } catch (NumberFormatException e) {
        problems.error(place, text + " is no decimal number", "write it in digits, or in quotes");
        return text;
      }
    }
  }
}
