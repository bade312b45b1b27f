package dev.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSealTest {
  @TempDir private Path folder;

  @Test
  void theKeyFileIsMadeOnceForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("keys").resolve("secrets.key");
    String sealed = SecretSeal.ofKeyFile(file).seal("VEND001", "whsec_x");
    assertThat(SecretSeal.ofKeyFile(file).open("VEND001", sealed)).isEqualTo("whsec_x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> left = Files.list(folder.resolve("keys"))) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void sealsDiffer() {
    SecretSeal seal = new SecretSeal(new byte[32]);
    assertThat(seal.seal("A", "secret")).isNotEqualTo(seal.seal("A", "secret"));
  }

  @Test
  void aWrongKeyOwnerOrValueDoesNotOpen() {
    SecretSeal seal = new SecretSeal(new byte[32]);
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    String sealed = seal.seal("A", "secret");
    assertThatIllegalStateException().isThrownBy(() -> seal.open("B", sealed));
    assertThatIllegalStateException().isThrownBy(() -> new SecretSeal(otherKey).open("A", sealed));
    assertThatIllegalStateException().isThrownBy(() -> seal.open("A", "whsec_plain"));
    assertThatIllegalStateException().isThrownBy(() -> seal.open("A", "v1:AAAA"));
    assertThatIllegalStateException().isThrownBy(() -> seal.open("A", "v1:!"));
  }

  @Test
  void aFileWithoutAKeyIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("short.key"), "c2hvcnQ=\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretSeal.ofKeyFile(file))
        .withMessageContaining(file.toString());
  }
}
