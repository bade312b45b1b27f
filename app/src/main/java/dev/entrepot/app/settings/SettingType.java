package dev.entrepot.app.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What values a setting takes. A closed choice: forms, documentation and validation follow it.
public sealed interface SettingType {

  /// Checks a text.
  ///
  /// @return the text as it is kept
  /// @throws IllegalArgumentException saying what would be right
  String check(String text);

  /// What is allowed, for people, for example `0 to 65535`.
  String range();

  /// Any text that is not blank.
  record Text(String example) implements SettingType {
    @Override
    public String check(String text) {
      return text;
    }

    @Override
    public String range() {
      return example.isEmpty() ? "any text" : "for example " + example;
    }
  }

  /// A whole number.
  ///
  /// @param unit what it counts, or nothing
  record Whole(long least, long most, String unit) implements SettingType {
    @Override
    public String check(String text) {
      try {
        long value = Long.parseLong(text.replace("_", ""));
        if (value >= least && value <= most) {
          return Long.toString(value);
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message for both.
      }
      throw new IllegalArgumentException("is not a whole number from " + least + " to " + most);
    }

    @Override
    public String range() {
      return least + " to " + most + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  /// A length of time: a whole number and s, m, h or d.
  ///
  /// @param least the shortest that makes sense
  record Span(Duration least) implements SettingType {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}) ?([smhd])");

    @Override
    public String check(String text) {
      Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
      if (matcher.matches()) {
        String found = matcher.group(1) + matcher.group(2);
        if (length(found).compareTo(least) >= 0) {
          return found;
        }
      }
      throw new IllegalArgumentException(
          "is not a length of time such as 90s, 15m, 12h or 30d, of at least "
              + least.toSeconds()
              + "s");
    }

    @Override
    public String range() {
      return "a number with s, m, h or d; at least " + least.toSeconds() + "s";
    }

    /// Of a text that was checked.
    static Duration length(String text) {
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        case 'h' -> Duration.ofHours(number);
        case 'd' -> Duration.ofDays(number);
        default -> throw new IllegalArgumentException(text + " is no length of time");
      };
    }
  }

  /// One of an enum's constants, in lower case with hyphens.
  record Choice(Class<? extends Enum<?>> constants) implements SettingType {
    @Override
    public String check(String text) {
      String wanted = text.toLowerCase(Locale.ROOT);
      if (Arrays.stream(constants.getEnumConstants())
          .map(Choice::spelling)
          .anyMatch(wanted::equals)) {
        return wanted;
      }
      throw new IllegalArgumentException("is none of " + range());
    }

    @Override
    public String range() {
      return Arrays.stream(constants.getEnumConstants())
          .map(Choice::spelling)
          .collect(Collectors.joining(", "));
    }

    static String spelling(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// An absolute address.
  ///
  /// @param schemes which schemes are allowed
  record Address(java.util.List<String> schemes, String example) implements SettingType {
    public Address {
      schemes = java.util.List.copyOf(schemes);
    }

    @Override
    public String check(String text) {
      try {
        URI address = new URI(text);
        if (address.getScheme() != null && schemes.contains(address.getScheme())) {
          return text;
        }
      } catch (URISyntaxException e) {
        // Falls through: the reason would repeat the text, which may be secret.
      }
      throw new IllegalArgumentException("is not an address like " + example);
    }

    @Override
    public String range() {
      return "for example " + example;
    }
  }

  /// A folder's path; it may be relative to the working folder.
  record Folder() implements SettingType {
    @Override
    public String check(String text) {
      try {
        return java.nio.file.Path.of(text).toAbsolutePath().normalize().toString();
      } catch (java.nio.file.InvalidPathException e) {
        throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
      }
    }

    @Override
    public String range() {
      return "a folder";
    }
  }

  /// A file's path; it may be relative to the working folder.
  record File() implements SettingType {
    @Override
    public String check(String text) {
      return new Folder().check(text);
    }

    @Override
    public String range() {
      return "a file";
    }
  }

  /// A key for sealing secrets.
  record Key() implements SettingType {
    private static final int BYTES = 32;

    @Override
    public String check(String text) {
      try {
        if (Base64.getDecoder().decode(text).length == BYTES) {
          return text;
        }
      } catch (IllegalArgumentException e) {
        // Falls through: the reason would repeat a part of the key.
      }
      throw new IllegalArgumentException("is not " + BYTES + " bytes in Base64");
    }

    @Override
    public String range() {
      return "32 bytes in Base64, as openssl rand -base64 32 makes them";
    }
  }

  /// A name or address of this machine to listen on.
  record Host() implements SettingType {
    @Override
    public String check(String text) {
      try {
        InetAddress.getByName(text);
        return text;
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("is not a host this machine knows", e);
      }
    }

    @Override
    public String range() {
      return "127.0.0.1 for this machine alone, 0.0.0.0 for everybody";
    }
  }

  /// A currency by its ISO 4217 code.
  record IsoCurrency() implements SettingType {
    @Override
    public String check(String text) {
      try {
        return java.util.Currency.getInstance(text.toUpperCase(Locale.ROOT)).getCurrencyCode();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("is no ISO 4217 code such as USD or EUR", e);
      }
    }

    @Override
    public String range() {
      return "an ISO 4217 code";
    }
  }
}
