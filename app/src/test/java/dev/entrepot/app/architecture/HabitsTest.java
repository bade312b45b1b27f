package dev.entrepot.app.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How code reads everywhere in this tree.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HabitsTest {
  /// A text that is filled in as the machine's language has it: what stands in it; null: it is not
  /// looked at, a locale is due in any case.
  private static final Pattern FILLED_IN =
      Pattern.compile(
          "(?s:\"\"\"(?<block>(?:(?!\"\"\").)*+)\"\"\"\\s*+\\.formatted\\()"
              + "|\"(?<line>(?:[^\"\\\\\\n]|\\\\.)*+)\"\\s*+\\)?\\s*+\\.formatted\\("
              + "|(?:String\\.format|\\bprintf)\\(\\s*+\"");

  /// Numbers that languages write differently.
  private static final Pattern GROUPED_OR_BROKEN =
      Pattern.compile("%[-+ 0(#]*(?:,|[0-9]*(?:\\.[0-9]+)?[eEfgG])");

  private static final Path ROOT = Path.of(System.getProperty("entrepot.root", ".."));

  private JavaClasses program;

  @BeforeAll
  void read() {
    program =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.entrepot");
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        program.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !isMarked(p))
            .map(JavaPackage::getName)
            .sorted()
            .toList();
    assertThat(unmarked)
        .as(
            "packages without @NullMarked: NullAway does not look at them. To mend: add a"
                + " package-info.java with @NullMarked and a line that says what the package is for")
        .isEmpty();
  }

  private static boolean isMarked(JavaPackage javaPackage) {
    return javaPackage
        .tryGetPackageInfo()
        .filter(info -> info.isAnnotatedWith(NullMarked.class))
        .isPresent();
  }

  @Test
  void onlyTheCommandLineSpeaksToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.entrepot.cli..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because(
            "standard output belongs to a command's result. To mend: log with SLF4J, or in a command"
                + " use its Terminal")
        .check(program);
  }

  @Test
  void nothingLogsByAnythingButSlf4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.entrepot.app.logging..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.apache.commons.logging..", "ch.qos.logback..")
        .because("logging is set up in one place. To mend: LoggerFactory.getLogger of SLF4J")
        .check(program);
  }

  @Test
  void constructorsWire() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.inject..", "javax.inject..", "org.springframework..")
        .because(
            "fields are set by constructors and only app assembles. To mend: take it as a"
                + " constructor's parameter")
        .check(program);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are written by hand", c -> !c.getPackageName().contains(".jte")))
        .should(haveModifier(JavaModifier.FINAL))
        .because(
            "static state outlives tests and hides dependencies. To mend: make it a field of an"
                + " object that app creates")
        .check(program);
  }

  @Test
  void nothingIsCalledGet() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.entrepot..")
        .and()
        .arePublic()
        .and()
        .areNotStatic()
        .and(
            DescribedPredicate.describe(
                "override nothing",
                m ->
                    !m.isAnnotatedWith(Override.class)
                        && m.getOwner().getAllRawInterfaces().isEmpty()
                        && m.getOwner()
                            .getRawSuperclass()
                            .map(s ->
                                s.isEquivalentTo(Object.class) || s.isEquivalentTo(Record.class))
                            .orElse(true)))
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .because(
            "a value is named, not fetched. To mend: drop the prefix: name() instead of getName()")
        .check(program);
  }

  @Test
  void noDrawers() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .because("such a name says nothing. To mend: name it after what it does in the domain")
        .check(program);
  }

  /// A message reads the same on every machine.
  @Test
  void numbersAreWrittenInOneLanguage() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      String source = Files.readString(file);
      Matcher matcher = FILLED_IN.matcher(source);
      while (matcher.find()) {
        String text =
            matcher.group("block") == null ? matcher.group("line") : matcher.group("block");
        if (text == null || GROUPED_OR_BROKEN.matcher(text).find()) {
          long line = source.substring(0, matcher.end()).lines().count();
          found.add(ROOT.relativize(file) + ":" + line);
        }
      }
    }
    assertThat(found)
        .as("numbers as the machine's language has them. To mend: String.format(Locale.ROOT, ..)")
        .isEmpty();
  }

  @Test
  void filesStayReadable() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      long lines = Files.readAllLines(file).size();
      if (lines > 400) {
        tooLong.add(ROOT.relativize(file) + " has " + lines + " lines");
      }
    }
    assertThat(tooLong)
        .as("files over 400 lines. To mend: split by responsibility, not by size")
        .isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(f -> f.toString().endsWith(".java") && f.toString().contains("/src/main/"))
          .filter(f -> !f.toString().contains("/target/"))
          .toList();
    }
  }
}
