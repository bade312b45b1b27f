package dev.entrepot.app.settings;

import dev.entrepot.onboarding.catalogue.EditDistance;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads settings: flags win over the environment, the environment over `entrepot.properties` in
/// the data folder, that over the defaults. A name that no setting has fails the start: a misspelt
/// one would otherwise do nothing in silence.
public final class SettingsReader {
  static final String DEFAULT = "default";

  /// Variables that begin like settings and are something else: the launcher's and the commands'.
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "ENTREPOT_JAVA",
          "ENTREPOT_HEAP",
          "ENTREPOT_JAVA_OPTIONS",
          "ENTREPOT_DATA",
          "ENTREPOT_URL",
          "ENTREPOT_API_KEY",
          "ENTREPOT_PASSWORD");

  private static final String PREFIX = "ENTREPOT_";

  private final Map<String, String> environment;

  public SettingsReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// @param flags what the command line says
  /// @throws SettingsException naming the first setting that cannot be used, and where it was set
  public Settings read(Path dataFolder, Map<Setting, String> flags) {
    Map<Setting, Settings.Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String standard = setting.standard();
      if (standard != null) {
        values.put(setting, value(setting, standard, DEFAULT));
      }
    }
    Path file = dataFolder.resolve("entrepot.properties");
    file(file)
        .forEach(
            (name, text) -> put(values, known(name, file.toString()), text, name + " in " + file));
    variables().forEach((name, text) -> put(values, knownVariable(name), text, name));
    flags.forEach((setting, text) -> put(values, setting, text, "--" + setting.spelling()));
    return new Settings(dataFolder.toAbsolutePath().normalize(), values);
  }

  static Settings.Value value(Setting setting, String text, String origin) {
    try {
      return new Settings.Value(setting.type().check(text), origin);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s: %s %s. Allowed: %s"
              .formatted(
                  origin,
                  setting.secret() ? "the value" : "\"" + text + "\"",
                  e.getMessage(),
                  setting.type().range()),
          e);
    }
  }

  /// A blank value takes a setting away, its default included where it has none.
  private static void put(
      Map<Setting, Settings.Value> values, Setting setting, String text, String origin) {
    if (!text.isBlank()) {
      values.put(setting, value(setting, text.strip(), origin));
    } else if (setting.standard() == null) {
      values.remove(setting);
    } else {
      throw new SettingsException(origin + " is blank; leave it out for " + setting.standard());
    }
  }

  private static Map<String, String> file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(file + " cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> sorted = new TreeMap<>();
    properties.forEach((name, text) -> sorted.put(name.toString(), text.toString()));
    return sorted;
  }

  private Map<String, String> variables() {
    Map<String, String> found = new LinkedHashMap<>();
    environment.entrySet().stream()
        .filter(v -> v.getKey().startsWith(PREFIX) && !OTHER_VARIABLES.contains(v.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(v -> found.put(v.getKey(), v.getValue()));
    return found;
  }

  private static Setting knownVariable(String name) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.variable().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, "the environment", Setting::variable));
  }

  private static Setting known(String name, String where) {
    return Setting.ofSpelling(name).orElseThrow(() -> unknown(name, where, Setting::spelling));
  }

  private static SettingsException unknown(
      String name, String where, Function<Setting, String> spelling) {
    String nearest =
        Arrays.stream(Setting.values())
            .map(spelling)
            .min(Comparator.comparingInt(s -> EditDistance.within(name, s, name.length())))
            .orElseThrow();
    return new SettingsException(
        "%s in %s is no setting; is %s meant? All of them: entrepot serve --settings"
            .formatted(name, where, nearest));
  }
}
