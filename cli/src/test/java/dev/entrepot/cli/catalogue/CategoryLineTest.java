package dev.entrepot.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryLineTest {
  @TempDir private Path folder;

  @Test
  void readsWhatASpreadsheetSaves() throws IOException {
    assertThat(
            CategoryLine.read(
                file(
                    "\uFEFFcode;name;parent;active\ngarden;\"Garden; outdoors\";;\npots;Pots;garden;no\n")))
        .containsExactly(
            new CategoryLine("garden", "Garden; outdoors", null, true),
            new CategoryLine("pots", "Pots", "garden", false));
  }

  @Test
  void aLineWithoutANameIsNamed() throws IOException {
    Path file = file("code,title\ngarden,Garden\n");
    assertThatThrownBy(() -> CategoryLine.read(file))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("[code, title]");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("categories.csv"), text);
  }
}
