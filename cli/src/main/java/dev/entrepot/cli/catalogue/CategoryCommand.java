package dev.entrepot.cli.catalogue;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.cli.session.Listing;
import dev.entrepot.cli.session.Session;
import dev.entrepot.cli.session.Values;
import dev.entrepot.cli.terminal.CommandException;
import dev.entrepot.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `entrepot category …`.
@Command(
    name = "category",
    description = "The catalogue's categories, by which suppliers' rows are checked.",
    footer = {
      "Examples:",
      "  entrepot category add garden \"Garden and outdoors\"",
      "  entrepot category edit garden --inactive",
      "  entrepot category import categories.csv"
    })
public final class CategoryCommand {
  private final Session session;

  public CategoryCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "Lists categories by code.")
  int list() {
    JsonNode categories = session.ask(api -> api.get(Query.of("/categories")));
    return new Listing()
        .text("CODE", "code")
        .text("NAME", "name")
        .text("PARENT", "parent")
        .text("ACTIVE", category -> Values.mark(category, "active"))
        .count("PRODUCTS", "products")
        .print(session, categories, "no categories; add one with: entrepot category add CODE NAME");
  }

  @Command(name = "add", description = "Adds a category.")
  int add(
      @Parameters(
              paramLabel = "CODE",
              description = "Lower case letters, digits and hyphens; never changes afterwards.")
          String code,
      @Parameters(paramLabel = "NAME", description = "What people call it.") String name,
      @Option(names = "--parent", paramLabel = "CODE", description = "The category above.")
          @Nullable String parent) {
    CategoryLine line = new CategoryLine(code, name, parent, true);
    JsonNode added = session.ask(api -> api.post(Query.of("/categories"), line.body()));
    session.printDone(added, "category " + Values.text(added, "code") + " added");
    return 0;
  }

  @Command(name = "edit", description = "Changes what is named, leaves the rest.")
  int edit(
      @Parameters(paramLabel = "CODE", description = "The category's code.") String code,
      @Option(names = "--name", description = "What people call it.") @Nullable String name,
      @Option(names = "--parent", paramLabel = "CODE", description = "The category above.")
          @Nullable String parent,
      @Option(
              names = "--active",
              negatable = true,
              fallbackValue = "true",
              description = "Whether suppliers may use it (--no-active: they may not).")
          @Nullable Boolean active) {
    JsonNode changed =
        session.ask(api -> {
          JsonNode found = all(api).get(code);
          if (!(found instanceof ObjectNode category)) {
            throw new CommandException(
                ExitCode.FAILED,
                "there is no category \"" + code + "\"; see: entrepot category list");
          }
          if (name != null) {
            category.put("name", name);
          }
          if (parent != null) {
            category.put("parent", parent);
          }
          if (active != null) {
            category.put("active", active);
          }
          return api.put(Query.of("/categories").segment(code), category);
        });
    session.printDone(changed, "category " + Values.text(changed, "code") + " changed");
    return 0;
  }

  @Command(
      name = "import",
      description = {
        "Adds and changes categories from a CSV file with the columns code, name and, if wanted,"
            + " parent and active.",
        "Parents stand before their children. Importing a file twice changes nothing."
      })
  int importFile(@Parameters(paramLabel = "FILE", description = "The CSV file.") Path file) {
    List<CategoryLine> lines = CategoryLine.read(file);
    ObjectNode counts = session.ask(api -> importLines(api, lines));
    session.printDone(
        counts,
        "%s added, %s changed, %s unchanged"
            .formatted(
                Values.count(counts, "added"),
                Values.count(counts, "changed"),
                Values.count(counts, "unchanged")));
    return 0;
  }

  private static ObjectNode importLines(Api api, List<CategoryLine> lines) {
    Map<String, JsonNode> known = all(api);
    int added = 0;
    int changed = 0;
    for (CategoryLine line : lines) {
      JsonNode before = known.get(line.code());
      try {
        if (before == null) {
          api.post(Query.of("/categories"), line.body());
          added++;
        } else if (!line.sameAs(before)) {
          api.put(Query.of("/categories").segment(line.code()), line.body());
          changed++;
        }
      } catch (ApiException e) {
        throw new CommandException(
            ExitCode.FAILED,
            "category \""
                + line.code()
                + "\": "
                + e.getMessage()
                + "\n"
                + (added + changed)
                + " categories before it were imported; mend the line and import the file again",
            e);
      }
    }
    return Api.object()
        .put("added", added)
        .put("changed", changed)
        .put("unchanged", lines.size() - added - changed);
  }

  private static Map<String, JsonNode> all(Api api) {
    JsonNode items = api.get(Query.of("/categories")).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .collect(Collectors.toMap(c -> Values.text(c, "code"), Function.identity()));
  }
}
