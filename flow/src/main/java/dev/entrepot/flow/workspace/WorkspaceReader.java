package dev.entrepot.flow.workspace;

import dev.entrepot.flow.clients.ClientConfig;
import dev.entrepot.flow.clients.ClientReader;
import dev.entrepot.flow.clients.Clients;
import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblem.Severity;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.mapping.MappingName;
import dev.entrepot.flow.mapping.Mappings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the files of a workspace: `clients/*.yaml` (or `.yml`, `.json`), `mappings/**` likewise.
/// Other files are left alone, but for those that look misplaced.
final class WorkspaceReader {
  private static final String CLIENTS = "clients/";
  private static final String MAPPINGS = "mappings/";
  private static final Pattern FILE = Pattern.compile(".*\\.(ya?ml|json)$");

  private final Clients clients;
  private final Mappings mappings;
  private final List<FileProblem> problems = new ArrayList<>();
  private final Map<String, ConfigTree> foundMappings = new TreeMap<>();
  private final Map<String, String> mappingFiles = new HashMap<>();
  private final Map<String, ClientConfig> foundClients = new TreeMap<>();
  private final Map<String, String> clientFiles = new HashMap<>();

  WorkspaceReader(Clients clients, Mappings mappings) {
    this.clients = clients;
    this.mappings = mappings;
  }

  /// @param present what the mappings that are configured already are for, by name
  WorkspaceContent read(WorkspaceFiles files, Map<String, String> present) {
    files
        .texts()
        .forEach((file, text) -> {
          if (file.startsWith(MAPPINGS) && FILE.matcher(file).matches()) {
            mapping(file, text);
          } else if (FILE.matcher(file).matches() && !file.startsWith(CLIENTS)) {
            tell(file, 1, warning("it is neither below clients/ nor below mappings/", "move it"));
          }
        });
    Map<String, String> types = new TreeMap<>(present);
    foundMappings.forEach((name, tree) -> types.put(name, Mappings.productType(tree)));
    files
        .texts()
        .forEach((file, text) -> {
          if (file.startsWith(CLIENTS) && FILE.matcher(file).matches()) {
            client(file, text, types);
          }
        });
    return new WorkspaceContent(foundMappings, foundClients, problems);
  }

  private void mapping(String file, String text) {
    String name = MappingName.of(file);
    var own = new ConfigProblems();
    ConfigTree tree = ConfigTree.read(text, own);
    tell(file, tree, own.all());
    if (tree.value() != null) {
      tell(file, tree, mappings.check(tree));
    }
    if (!MappingName.valid(name)) {
      tell(
          file,
          1,
          error(
              "\"%s\" cannot be the name of a mapping".formatted(name),
              "take letters, digits, points, hyphens and underscores"));
    }
    String other = mappingFiles.putIfAbsent(name, file);
    if (other != null) {
      tell(file, 1, error("mapping %s is in %s, too".formatted(name, other), "keep one of them"));
      return;
    }
    foundMappings.put(name, tree);
  }

  private void client(String file, String text, Map<String, String> mappingTypes) {
    var own = new ConfigProblems();
    ConfigTree tree = ConfigTree.read(text, own);
    if (own.refuses()) {
      tell(file, tree, own.all());
      return;
    }
    ClientConfig client = ClientReader.read(tree, own);
    own.addAll(clients.check(client, mappingTypes));
    tell(file, tree, own.all());
    if (client.id().isEmpty()) {
      return;
    }
    String expected = client.id();
    if (!file.substring(CLIENTS.length()).replaceFirst("\\.(ya?ml|json)$", "").equals(expected)) {
      tell(
          file,
          tree.line(ClientReader.ID),
          warning(
              "the file is not called like its client " + expected,
              "call it clients/%s.yaml".formatted(expected)));
    }
    String other = clientFiles.putIfAbsent(client.id(), file);
    if (other != null) {
      tell(
          file,
          tree.line(ClientReader.ID),
          error("client %s is in %s, too".formatted(client.id(), other), "keep one of them"));
      return;
    }
    foundClients.put(client.id(), client);
  }

  private void tell(String file, ConfigTree tree, List<ConfigProblem> found) {
    found.forEach(problem -> tell(file, tree.line(problem.place()), problem));
  }

  private void tell(String file, int line, ConfigProblem problem) {
    problems.add(new FileProblem(file, line, problem));
  }

  private static ConfigProblem error(String message, String remedy) {
    return new ConfigProblem(Severity.ERROR, "", message, remedy);
  }

  private static ConfigProblem warning(String message, String remedy) {
    return new ConfigProblem(Severity.WARNING, "", message, remedy);
  }
}
