package dev.entrepot.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents say what is so.
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("entrepot.root", ".."));
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void everyDependencyIsExplained() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/dependencies.md"));
    List<String> unexplained = new ArrayList<>();
    try (Stream<Path> poms = Files.list(ROOT).map(module -> module.resolve("pom.xml"))) {
      for (Path pom : poms.filter(Files::exists).toList()) {
        Matcher matcher = DEPENDENCY.matcher(Files.readString(pom));
        while (matcher.find()) {
          String artifact = matcher.group(1);
          if (!artifact.startsWith("entrepot") && !document.contains("`" + artifact + "`")) {
            unexplained.add(artifact + " of " + ROOT.relativize(pom));
          }
        }
      }
    }
    assertThat(unexplained)
        .as("dependencies without a row. To mend: say in docs/dependencies.md why each is here")
        .isEmpty();
  }

  @Test
  void everySettingIsDocumented() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/settings.md"));
    for (Setting setting : Setting.values()) {
      String standard = setting.standard();
      assertThat(document)
          .as("To mend: bring the row of %s in docs/settings.md up to date", setting.spelling())
          .contains(
              "| `%s` | %s | %s | %s |"
                  .formatted(
                      setting.spelling(),
                      standard == null ? "" : "`" + standard + "`",
                      setting.type().range(),
                      setting.description()));
    }
  }

  @Test
  void everyDocumentIsFound() throws IOException {
    requireLinks(Path.of("README.md"), ROOT.resolve("docs"), "docs/");
    requireLinks(Path.of("docs/adr/README.md"), ROOT.resolve("docs/adr"), "");
  }

  private static void requireLinks(Path index, Path folder, String prefix) throws IOException {
    String text = Files.readString(ROOT.resolve(index));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .as("To mend: link it from %s", index)
          .allSatisfy(name -> assertThat(text).contains("](" + prefix + name + ")"));
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      root.forEach(documents::add);
      docs.forEach(documents::add);
    }
    documents.removeIf(file -> !file.toString().endsWith(".md"));
    for (Path document : documents) {
      Matcher matcher = LINK.matcher(Files.readString(document));
      while (matcher.find()) {
        if (!Files.exists(document.resolveSibling(matcher.group(1)))) {
          broken.add(ROOT.relativize(document) + ": " + matcher.group(1));
        }
      }
    }
    assertThat(broken).as("links to files that are not there").isEmpty();
  }
}
