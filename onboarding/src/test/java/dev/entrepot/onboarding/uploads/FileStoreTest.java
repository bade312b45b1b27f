package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onboarding.OnboardingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir Path folder;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("store-id")).count();
    }
  }

  private static FileStore.MostBytes atMost(long bytes) {
    return new FileStore.MostBytes(bytes, bytes);
  }

  @Test
  void nodesThatShareAFolderKnowItByOneId(@TempDir Path other) {
    FileStore store = new FileStore(folder, 0, "node-1");
    assertThat(new FileStore(folder, 0, "node-2").id()).isEqualTo(store.id());
    assertThat(new FileStore(folder, 0, "node-1").id()).isEqualTo(store.id());
    assertThat(new FileStore(other, 0, "node-1").id()).isNotEqualTo(store.id());
  }

  @Test
  void whatANodeLeftBehindIsRemovedWhenItComesBackAndNotByOthers() throws IOException {
    FileStore store = new FileStore(folder, 0, "node-1");
    FileStore.Received left = store.receive(bytes("half"), atMost(100));
    assertThat(new FileStore(folder, 0, "node-2").id()).isEqualTo(store.id());
    assertThat(files()).isEqualTo(1);
    assertThat(new FileStore(folder, 0, "node-1").id()).isEqualTo(store.id());
    assertThat(files()).isZero();
    left.close();
  }

  private static FileStore.Kept keep(FileStore store, String text) throws IOException {
    try (FileStore.Received received = store.receive(bytes(text), atMost(text.length()))) {
      received.keep();
      received.keep();
      return received.file();
    }
  }

  @Test
  void aFileThatIsNotWantedAfterAllIsForgotten() throws IOException {
    FileStore store = new FileStore(folder, 0, "node-1");
    try (FileStore.Received received = store.receive(bytes("hello"), atMost(5))) {
      assertThat(received.file().bytes()).isEqualTo(5);
    }
    assertThat(files()).isZero();
  }

  @Test
  void aFileThatFindsNoRoomIsRefusedBeforeItComes() throws IOException {
    FileStore store = new FileStore(folder, 1_000, "node-1");
    store.requireRoom(1);
    assertThatThrownBy(() -> store.requireRoom(Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.STORAGE_FULL));
  }

  @Test
  void aFileComesBackByteForByteAndIsKeptOnce() throws IOException {
    FileStore store = new FileStore(folder, 0, "node-1");
    FileStore.Kept kept = keep(store, "hello");
    assertThat(keep(store, "hello")).isEqualTo(kept);
    assertThat(kept.hash())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.copy(kept.hash(), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void nothingIsKeptOfAFileThatIsTooLarge() throws IOException {
    FileStore store = new FileStore(folder, 0, "node-1");
    assertThatThrownBy(() -> store.receive(bytes("hello!"), atMost(5)))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.LIMIT_EXCEEDED));
    assertThat(files()).isZero();
  }

  @Test
  void nothingIsKeptWhenTheDiskIsFull() throws IOException {
    FileStore store = new FileStore(folder, Long.MAX_VALUE, "node-1");
    assertThatThrownBy(() -> store.receive(bytes("hello"), atMost(5)))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.STORAGE_FULL))
        .hasMessageContaining("free some space");
    assertThat(files()).isZero();
  }

  @Test
  void nothingIsKeptWhenTheSenderGoesAway() throws IOException {
    FileStore store = new FileStore(folder, 0, "node-1");
    InputStream broken =
        new SequenceInputStream(
            bytes("half"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> store.receive(broken, atMost(100))).hasMessage("connection reset");
    assertThat(files()).isZero();
  }
}
