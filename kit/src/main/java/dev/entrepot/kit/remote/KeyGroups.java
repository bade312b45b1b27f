package dev.entrepot.kit.remote;

import java.util.ArrayList;
import java.util.List;

/// Keys that are asked for in an address, as a list with commas between.
public final class KeyGroups {
  // Many systems refuse addresses of more than 8,000 characters.
  private static final int LONGEST = 6_000;

  private KeyGroups() {}

  /// The keys in groups that fit into an address each. A key that is blank or holds a comma cannot
  /// be asked for so, and is left out.
  ///
  /// @param most how many keys a group has at most
  public static List<List<String>> of(List<String> keys, int most) {
    List<List<String>> groups = new ArrayList<>();
    List<String> group = new ArrayList<>();
    int length = 0;
    for (String key : keys) {
      if (key.isBlank() || key.indexOf(',') >= 0) {
        continue;
      }
      int more = RemoteAddress.encode(key).length() + 3;
      if (!group.isEmpty() && (group.size() == most || length + more > LONGEST)) {
        groups.add(group);
        group = new ArrayList<>();
        length = 0;
      }
      group.add(key);
      length += more;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
