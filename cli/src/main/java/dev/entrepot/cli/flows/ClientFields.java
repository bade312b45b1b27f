package dev.entrepot.cli.flows;

import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What of a client can be said on the command line; all else is said in a file.
final class ClientFields {
  @Option(
      names = "--product",
      paramLabel = "KIND",
      description = "What it is synchronised with: kong or wms.")
  private @Nullable String product;

  @Option(
      names = "--source",
      paramLabel = "KIND",
      description =
          "What it reads from: siesa (default), or catalogue for the products that suppliers"
              + " brought.")
  private @Nullable String source;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name for people.")
  private @Nullable String name;

  @Option(names = "--siesa-url", paramLabel = "URL", description = "Where its Siesa is called.")
  private @Nullable String siesaUrl;

  @Option(names = "--product-url", paramLabel = "URL", description = "Where Kong or WMS is called.")
  private @Nullable String productUrl;

  @Option(
      names = "--mapping",
      paramLabel = "NAME",
      description = "How its records become items: entrepot mapping list")
  private @Nullable String mapping;

  @Option(
      names = "--schedule",
      paramLabel = "WHEN",
      description =
          "When its runs begin by themselves: \"rate(6 hours)\" or \"cron(0 10 * * ? *)\"; none:"
              + " only when asked for.")
  private @Nullable String schedule;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "In which cron() reads clocks, such as America/Bogota. Default: UTC")
  private @Nullable String zone;

  @Option(
      names = "--missing",
      paramLabel = "WHAT",
      description =
          "What an initial run does with items that the source has no more: keep (default) or"
              + " delete.")
  private @Nullable String missing;

  @Option(
      names = "--source-setting",
      paramLabel = "NAME=VALUE",
      description = "A setting of the source's connector; may be repeated.")
  private Map<String, String> sourceSettings = new LinkedHashMap<>();

  @Option(
      names = "--product-setting",
      paramLabel = "NAME=VALUE",
      description = "A setting of the product's connector; may be repeated.")
  private Map<String, String> productSettings = new LinkedHashMap<>();

  void into(ObjectNode config) {
    put(config, "client_name", name);
    put(config, "product_type", product);
    put(config, "source", source);
    put(config, "siesa_api_url", siesaUrl);
    put(config, "product_api_url", productUrl);
    put(config, "field_mappings_key", mapping);
    put(config, "timezone", zone);
    if ("none".equals(schedule)) {
      config.remove("sync_schedule");
    } else {
      put(config, "sync_schedule", schedule);
    }
    put(config, "source_settings", sourceSettings);
    put(config, "product_settings", productSettings);
    if (missing != null) {
      object(config, "flow").put("missing", missing);
    }
  }

  private static void put(ObjectNode config, String name, @Nullable String value) {
    if (value != null) {
      config.put(name, value);
    }
  }

  private static void put(ObjectNode config, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode settings = object(config, name);
      values.forEach(settings::put);
    }
  }

  private static ObjectNode object(ObjectNode config, String name) {
    return config.path(name) instanceof ObjectNode present ? present : config.putObject(name);
  }

  /// @throws CommandException USAGE when nothing was said
  void requireSome(ObjectNode before, ObjectNode after) {
    if (before.equals(after)) {
      throw new CommandException(
          ExitCode.USAGE,
          "nothing to change; say what, for example --schedule \"rate(6 hours)\", or give the"
              + " whole client with --file");
    }
  }
}
