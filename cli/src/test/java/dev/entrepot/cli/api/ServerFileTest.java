package dev.entrepot.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTest {
  @TempDir private Path folder;

  private final ServerFile file =
      new ServerFile(
          URI.create("http://127.0.0.1:8080"), ProcessHandle.current().pid(), "secret-key");

  @Test
  void comesBackAsItWasWrittenReadableByItsOwnerAlone() throws IOException {
    file.write(folder);
    file.write(folder);
    assertThat(ServerFile.read(folder)).contains(file);
    assertThat(file.processAlive()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ServerFile.in(folder))))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherServersFileIsLeftAlone() throws IOException {
    file.write(folder);
    new ServerFile(file.address(), 1, "other").delete(folder);
    assertThat(ServerFile.read(folder)).contains(file);
    file.delete(folder);
    assertThat(ServerFile.read(folder)).isEmpty();
  }

  @Test
  void aBrokenFileIsNamed() throws IOException {
    Files.writeString(ServerFile.in(folder), "{\"url\": 7}");
    assertThatThrownBy(() -> ServerFile.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.json cannot be read");
  }

  @Test
  void theKeyIsNotShown() {
    assertThat(file.toString()).doesNotContain("secret-key");
  }
}
