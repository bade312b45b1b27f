package dev.entrepot.console.pages.flows;

import dev.entrepot.console.server.ProblemException;
import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.FlowSystems;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.source.CredentialField;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client reads from, and what it writes to.
record ClientKind(RecordSourceFactory source, RecordDestinationFactory product) {
  static final String API_URL = "api_url";

  /// One of the two sides, as forms see it.
  ///
  /// @param prefix of its fields' names
  /// @param address the name of its address's field
  /// @param tree the name of its settings in a client as it is written
  record Side(
      String prefix,
      String kind,
      String title,
      String address,
      String tree,
      List<CredentialField> credentials,
      List<SettingField> settings) {

    /// With fallbacks filled in.
    Map<String, String> complete(Map<String, String> given) {
      return FlowSystems.complete(settings, given);
    }

    /// What is asked for besides the address; the client's kind says the product type already.
    List<CredentialField> secrets() {
      return credentials.stream()
          .filter(field -> !field.name().equals(API_URL) && !field.name().equals("product_type"))
          .toList();
    }

    /// Whether it is another system, with an address and credentials.
    boolean remote() {
      return !credentials.isEmpty();
    }

    /// What a form says of it.
    ///
    /// @param kept whether there are credentials already
    String note(boolean kept) {
      if (!remote()) {
        return "It is read where it lies: it has no address and no credentials.";
      }
      return kept
          ? "Credentials are sealed; those left empty stay as they are."
          : "Credentials are sealed and never shown again.";
    }

    /// Whether it is reached at one address.
    boolean addressed() {
      return credentials.stream()
          .anyMatch(field -> field.name().equals(API_URL) && field.mandatory());
    }

    /// What is asked for first: what is mandatory, and without one address, those of its parts.
    List<CredentialField> needed() {
      return secrets().stream()
          .filter(field -> field.mandatory() || (!addressed() && field.name().contains(".")))
          .toList();
    }

    /// The name of a credential in forms.
    String secret(String name) {
      return prefix + "." + name;
    }
  }

  static List<ClientKind> all(FlowSystems systems) {
    List<ClientKind> all = new ArrayList<>();
    for (String product : systems.productTypes()) {
      for (String source : systems.sourceKinds().stream().sorted().toList()) {
        find(systems, source, product).ifPresent(all::add);
      }
    }
    return all;
  }

  static Optional<ClientKind> find(FlowSystems systems, String source, String product) {
    return systems
        .source(source)
        .flatMap(from -> systems.destination(product).map(to -> new ClientKind(from, to)));
  }

  /// @throws ProblemException NOT_FOUND when this program has no such connector
  static ClientKind of(FlowSystems systems, ClientConfig config) {
    return require(systems, config.source().kind(), config.destination().kind());
  }

  /// @throws ProblemException NOT_FOUND when this program has no such connector
  static ClientKind require(FlowSystems systems, String source, String product) {
    return find(systems, source, product)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no connector from “%s” to “%s”; choose one of the list"
                    .formatted(source, product)));
  }

  Side from() {
    return new Side(
        "source",
        source.kind(),
        source.title(),
        "siesa_api_url",
        "source_settings",
        source.credentials(),
        source.settings());
  }

  Side to() {
    return new Side(
        "product",
        product.kind(),
        product.title(),
        "product_api_url",
        "product_settings",
        product.credentials(),
        product.settings());
  }

  List<Side> sides() {
    return List.of(from(), to());
  }

  String title() {
    return source.title() + " to " + product.title();
  }
}
