package dev.entrepot.flow.clients;

import dev.entrepot.flow.clients.ClientConfig.Side;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.NearestName;
import dev.entrepot.flow.mapping.MappingName;
import dev.entrepot.flow.schedules.SchedulePlan;
import dev.entrepot.spi.destination.RecordDestinationFactory;
import dev.entrepot.spi.event.SettingField;
import dev.entrepot.spi.source.RecordSourceFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Whether a client can be run, as far as its configuration alone tells.
final class ClientCheck {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int LONGEST_NAME = 200;

  private final FlowSystems systems;
  private final ConfigProblems problems = new ConfigProblems();

  private ClientCheck(FlowSystems systems) {
    this.systems = systems;
  }

  /// @param mappings what those there are are for, by name
  static List<ConfigProblem> of(
      ClientConfig client, FlowSystems systems, Map<String, String> mappings, Instant now) {
    var check = new ClientCheck(systems);
    check.names(client);
    check.systems(client);
    check.mapping(client, mappings);
    SchedulePlan schedule = client.schedule();
    if (schedule != null) {
      schedule.check("sync_schedule", now, check.problems);
    }
    return check.problems.all();
  }

  private void names(ClientConfig client) {
    // A missing one is told by the reader.
    if (!client.id().isEmpty() && !ID.matcher(client.id()).matches()) {
      problems.error(
          ClientReader.ID,
          "\"%s\" cannot be the id of a client".formatted(cut(client.id())),
          "take up to 63 letters, digits, points, hyphens and underscores, beginning with a letter"
              + " or digit");
    }
    if (client.name().length() > LONGEST_NAME) {
      problems.error(
          "client_name", "the name has more than " + LONGEST_NAME + " letters", "shorten it");
    }
  }

  private void systems(ClientConfig client) {
    Side source = client.source();
    Side product = client.destination();
    systems
        .source(source.kind())
        .map(RecordSourceFactory::settings)
        .ifPresentOrElse(
            fields -> settings("source_settings", source, fields),
            () -> unknown("source", "kind of source", source.kind(), systems.sourceKinds()));
    systems
        .destination(product.kind())
        .map(RecordDestinationFactory::settings)
        .ifPresentOrElse(
            fields -> settings("product_settings", product, fields),
            () -> unknown("product_type", "product type", product.kind(), systems.productTypes()));
    if (systems.open(source.kind()) && !source.apiUrl().isEmpty()) {
      problems.error(
          "siesa_api_url", source.kind() + " has no address: it is read here", "leave it out");
    }
    url("siesa_api_url", source.apiUrl());
    url("product_api_url", product.apiUrl());
    secret("siesa_credentials_secret", client.id(), source);
    secret("product_credentials_secret", client.id(), product);
  }

  private void unknown(String place, String what, String kind, Collection<String> known) {
    // A missing one is told by the reader.
    if (!kind.isEmpty()) {
      problems.error(
          place,
          "there is no %s \"%s\"".formatted(what, cut(kind)),
          known.isEmpty() ? "add its connector" : NearestName.remedy(kind, known));
    }
  }

  private void settings(String place, Side side, List<SettingField> fields) {
    List<String> names = fields.stream().map(SettingField::name).toList();
    for (String name : side.settings().keySet()) {
      if (!names.contains(name)) {
        problems.error(
            place + "." + name,
            "%s has no setting \"%s\"".formatted(side.kind(), name),
            names.isEmpty() ? "leave it out" : NearestName.remedy(name, names));
      }
    }
    Map<String, String> complete = FlowSystems.complete(fields, side.settings());
    for (SettingField field : fields) {
      String value = complete.get(field.name());
      String at = place + "." + field.name();
      if (value == null) {
        problems.error(
            at,
            "%s needs the setting %s".formatted(side.kind(), field.name()),
            "give it: " + field.description());
      } else if (!field.choices().isEmpty() && !field.choices().contains(value)) {
        problems.error(
            at,
            "\"%s\" is no choice of %s".formatted(cut(value), field.name()),
            NearestName.remedy(value, field.choices()));
      }
    }
  }

  private void url(String place, String url) {
    if (url.isEmpty()) {
      return;
    }
    String fault = fault(url);
    if (!fault.isEmpty()) {
      problems.error(
          place,
          "\"%s\" is no address: %s".formatted(cut(url), fault),
          "write it like https://api.example.com/v1");
    }
  }

  private static String fault(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      if (!scheme.equals("https") && !scheme.equals("http")) {
        return "it begins neither with https:// nor with http://";
      }
      if (uri.getHost() == null) {
        return "it names no host";
      }
      if (uri.getRawUserInfo() != null) {
        return "it has a user in it, which belongs into the credentials";
      }
      return uri.getRawFragment() == null ? "" : "it has a # in it";
    } catch (URISyntaxException e) {
      return e.getReason();
    }
  }

  private void secret(String place, String id, Side side) {
    String standard = ClientReader.secretName(id, side.kind());
    if (!side.secret().contains(standard)) {
      problems.warning(
          place,
          "the credentials are called \"%s\"".formatted(cut(side.secret())),
          "they are kept here as %s; give them under that name".formatted(standard));
    }
  }

  private void mapping(ClientConfig client, Map<String, String> mappings) {
    String name = client.mapping();
    if (!name.isEmpty() && !MappingName.valid(name)) {
      problems.error(
          "field_mappings_key",
          "\"%s\" cannot be the name of a mapping".formatted(cut(name)),
          "take letters, digits, points, hyphens, underscores, and / between its parts");
    } else if (!name.isEmpty() && !mappings.containsKey(name)) {
      problems.warning(
          "field_mappings_key",
          "there is no mapping %s yet".formatted(name),
          NearestName.of(name, mappings.keySet())
                  .map(nearest -> "perhaps %s is meant; ".formatted(nearest))
                  .orElse("")
              + "the client cannot run before it is there");
    } else if (!name.isEmpty() && !client.productType().equals(mappings.get(name))) {
      problems.error(
          "field_mappings_key",
          "mapping %s is for %s, and the client is of product type %s"
              .formatted(name, mappings.get(name), client.productType()),
          "name a mapping for " + client.productType());
    }
  }

  private static String cut(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
