package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/// The server's own binaries (`initdb`, `pg_ctl`, `postgres`), packed in a dependency.
///
/// @param home has `bin`, `lib` and `share`
record PostgresBinaries(Path home) {

  /// The major version that makes and reads the data.
  static final int MAJOR = 18;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  static String version() {
    Properties properties = new Properties();
    try (InputStream stream =
        Objects.requireNonNull(
            PostgresBinaries.class.getResourceAsStream("postgresql.properties"))) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /// Unpacks what is not there yet and removes what an earlier version left.
  static PostgresBinaries unpack(ServerFolder folder) throws IOException {
    Path home = folder.binaries(version());
    if (Files.isDirectory(home)) {
      return new PostgresBinaries(home);
    }
    folder.requireSpace();
    long start = System.nanoTime();
    Path part = folder.temporary("bin");
    ServerFolder.deleteTree(part);
    try (InputStream archive = archive()) {
      extract(archive, part);
    }
    Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> others = Files.list(folder.path())) {
      for (Path other : others.toList()) {
        if (other.getFileName().toString().startsWith("bin-") && !other.equals(home)) {
          ServerFolder.deleteTree(other);
        }
      }
    }
    LOG.info(
        "unpacked PostgreSQL {} into {} in {} ms",
        version(),
        home,
        (System.nanoTime() - start) / 1_000_000);
    return new PostgresBinaries(home);
  }

  private static InputStream archive() {
    String system = System.getProperty("os.name");
    String machine =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> other;
        };
    String name = "postgres-" + system.toLowerCase(java.util.Locale.ROOT) + "-" + machine + ".txz";
    InputStream archive = PostgresBinaries.class.getClassLoader().getResourceAsStream(name);
    if (archive == null) {
      throw new StorageException(
          Code.UNAVAILABLE,
          "no PostgreSQL for "
              + system
              + " on "
              + machine
              + " is packed with this program; run one yourself and name it by its database URL");
    }
    return new BufferedInputStream(archive, 1 << 16);
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    Files.createDirectories(target);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive has an entry outside of itself: " + entry.getName());
        }
        if (!entry.getName().endsWith(".a")) {
          extract(tar, entry, file);
        }
      }
    }
    readable(target);
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    if (entry.isDirectory()) {
      Files.createDirectories(file);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  /// The server's user must pass the folders, whatever the umask.
  private static void readable(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
