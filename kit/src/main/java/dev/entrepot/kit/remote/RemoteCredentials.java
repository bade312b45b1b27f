package dev.entrepot.kit.remote;

import dev.entrepot.spi.record.Fields;
import dev.entrepot.spi.source.CredentialField;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account's credentials, read by name; nested ones with points.
public final class RemoteCredentials {
  private final Fields values;
  private final SecretMask mask;

  /// @param known what the connector says of them. Texts and numbers of other names count as
  ///   secret.
  /// @throws IllegalArgumentException when a mandatory one is missing
  public RemoteCredentials(List<CredentialField> known, Fields values) {
    this.values = values;
    for (CredentialField field : known) {
      if (field.mandatory()) {
        required(field.name());
      }
    }
    Set<String> open = new HashSet<>();
    known.stream().filter(field -> !field.secret()).forEach(field -> open.add(field.name()));
    List<String> secrets = new ArrayList<>();
    collect("", values.values(), open, secrets);
    this.mask = SecretMask.of(secrets);
  }

  /// Nothing when it is absent or blank.
  public Optional<String> text(String name) {
    Optional<Fields> within = Optional.of(values);
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      String part = path[i];
      within = within.flatMap(fields -> fields.fields(part));
    }
    return within
        .flatMap(fields -> fields.text(path[path.length - 1]))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /// @throws IllegalArgumentException when it is absent or blank
  public String required(String name) {
    return text(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the credentials hold no %s; add it to the secret".formatted(name)));
  }

  /// The address that a credential holds, without a slash at its end.
  ///
  /// @throws IllegalArgumentException when it is none
  public Optional<URI> address(String name) {
    return text(name).map(text -> address(name, text));
  }

  /// As [#address], of one that must be there.
  ///
  /// @throws IllegalArgumentException when it is absent or none
  public URI requiredAddress(String name) {
    return address(name, required(name));
  }

  /// What hides them.
  public SecretMask mask() {
    return mask;
  }

  private URI address(String name, String text) {
    try {
      URI address = new URI(text.replaceFirst("/+$", ""));
      if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for all.
    }
    throw new IllegalArgumentException(
        ("%s in the credentials is no address; give one such as https://api.example.com/v1, without"
                + " user name, ? and #")
            .formatted(name));
  }

  private static void collect(
      String before, Map<String, @Nullable Object> values, Set<String> open, List<String> secrets) {
    values.forEach((name, value) -> {
      String path = before + name;
      if (value instanceof Map<?, ?> inner) {
        collect(path + ".", named(inner), open, secrets);
      } else if (!open.contains(path)) {
        switch (value) {
          case String text -> secrets.add(text.strip());
          case Long number -> secrets.add(number.toString());
          case BigDecimal number -> secrets.add(number.toPlainString());
          case null, default -> {}
        }
      }
    });
  }

  private static Map<String, @Nullable Object> named(Map<?, ?> map) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    map.forEach((name, value) -> named.put((String) name, value));
    return named;
  }
}
