package dev.entrepot.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.contract.SharedData;
import dev.entrepot.model.Books;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonTest {
  private record Inner(String name, @Nullable Integer count) {}

  private record Outer(Inner inner, List<Inner> more, @Nullable JsonNode any) {}

  private final Json json = new Json();

  private Outer read(String text) {
    return json.read(text.getBytes(StandardCharsets.UTF_8), Outer.class);
  }

  private void refused(String text, int status, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(status);
              String told = e.problem().detail() + e.problem().errors();
              assertThat(List.of(parts)).allSatisfy(part -> assertThat(told).contains(part));
            });
  }

  @Test
  void whatIsMissingDeepInsideIsNamed() {
    refused(
        "{\"inner\":{\"count\":1},\"more\":[{\"name\":\"a\"},{}]}",
        422,
        "inner.name",
        "more[1].name");
    refused("{\"inner\":{\"name\":null},\"more\":[]}", 422, "inner.name");
    refused("{}", 422, "inner", "more");
    assertThat(read("{\"inner\":{\"name\":\"a\"},\"more\":[]}").any()).isNull();
  }

  @Test
  void ofNoRowsThereIsNoAcceptance() {
    JsonNode none = json.mapper().readTree(json.write(Books.EMPTY));
    assertThat(none.path("acceptance").isNull()).isTrue();
    assertThat(none.path("balanced").booleanValue()).isTrue();
    JsonNode some = json.mapper().readTree(json.write(new Books(4, 3, 0, 1, 0, 0)));
    assertThat(some.path("acceptance").doubleValue()).isEqualTo(0.75);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused(
        "{\"inner\":{\"name\":\"a\",\"count\":\"x\"},\"more\":[]}",
        422,
        "inner.count",
        "whole number");
    refused("{\"inner\":{\"nome\":\"a\"},\"more\":[]}", 422, "inner.nome", "name");
    refused("{\"inner\":{\"name\":\"a\",\"name\":\"b\"},\"more\":[]}", 400, "Duplicate");
    refused("null", 422);
    refused("[]", 422);
    refused("{} {}", 422);
    refused("", 400);
  }

  @Test
  void veryManyValuesAreTooMuchWhateverTheirLength() {
    refused(
        "{\"inner\":{\"name\":\"a\"},\"more\":[],\"any\":[" + "1,".repeat(500_000) + "1]}",
        413,
        "at most 500000 values");
  }

  @Test
  void nothingThatAnybodySendsBreaksIt() throws IOException {
    Path folder = SharedData.required("naughty/JSONTestSuite/test_parsing");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        assertThatThrownBy(() -> json.read(bytes, Outer.class))
            .as(file.toString())
            .isInstanceOfSatisfying(
                ProblemException.class, e -> assertThat(e.problem().status()).isBetween(400, 422));
        if (file.getFileName().toString().startsWith("y_")) {
          byte[] wrapped =
              ("{\"inner\":{\"name\":\"a\"},\"more\":[],\"any\":"
                      + new String(bytes, StandardCharsets.UTF_8)
                      + "}")
                  .getBytes(StandardCharsets.UTF_8);
          if (!file.toString().contains("duplicated")) {
            assertThat(json.read(wrapped, Outer.class).inner().name()).isEqualTo("a");
          }
        }
      }
    }
  }
}
