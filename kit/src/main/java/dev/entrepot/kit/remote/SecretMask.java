package dev.entrepot.kit.remote;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Hides secrets wherever they occur: as they are, percent-encoded, and as JSON writes them.
public final class SecretMask {
  private static final String HIDDEN = "***";
  // Shorter ones would hide half of every text, and protect nothing.
  private static final int SHORTEST = 4;

  private final List<String> forms;
  private final int longest;

  private SecretMask(List<String> forms) {
    this.forms = forms;
    this.longest = forms.stream().mapToInt(String::length).max().orElse(0);
  }

  public static SecretMask of(Collection<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        forms.add(secret);
        forms.add(RemoteAddress.encode(secret));
        forms.add(RemoteAddress.encode(secret).replace("%20", "+"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
      }
    }
    // A secret that contains another is hidden whole.
    return new SecretMask(
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  /// The text without secrets.
  public String hide(String text) {
    String hidden = text;
    for (String form : forms) {
      hidden = hidden.replace(form, HIDDEN);
    }
    return hidden;
  }

  /// The beginning of a text without secrets, nor the beginning of one at the cut.
  ///
  /// @param most how many characters of it
  public String hide(String text, int most) {
    if (text.length() <= most) {
      return hide(text);
    }
    int cut = most;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (String form : forms) {
        int at = text.lastIndexOf(form, cut - 1);
        if (at >= 0 && at + form.length() > cut) {
          cut = at;
          moved = true;
        }
      }
    }
    return hide(text.substring(0, cut)) + "…";
  }

  /// How many characters the longest form of a secret has.
  int longest() {
    return longest;
  }
}
