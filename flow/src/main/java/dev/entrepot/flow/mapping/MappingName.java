package dev.entrepot.flow.mapping;

import java.util.regex.Pattern;

/// The name of a mapping, as a client's `field_mappings_key` gives it.
public final class MappingName {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
  private static final Pattern ENDING = Pattern.compile("\\.(json|ya?ml)$");
  private static final int LONGEST = 200;

  private MappingName() {}

  /// A key without its folder `mappings/` and without its ending, so that the key of a file and the
  /// name of a mapping are the same.
  public static String of(String key) {
    String name = key.strip();
    while (name.startsWith("/")) {
      name = name.substring(1);
    }
    name = name.startsWith("mappings/") ? name.substring("mappings/".length()) : name;
    return ENDING.matcher(name).replaceFirst("");
  }

  /// Whether it can be one.
  public static boolean valid(String name) {
    return name.length() <= LONGEST && FORM.matcher(name).matches();
  }
}
