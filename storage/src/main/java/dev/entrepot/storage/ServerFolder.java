package dev.entrepot.storage;

import dev.entrepot.storage.StorageException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of an embedded server and what lies where in it. All methods but [#open] need the
/// [FolderLock].
///
/// @param path absolute
record ServerFolder(Path path) {

  private static final long LEAST_FREE_BYTES = 300L << 20;
  private static final long RESERVE_BYTES = 128L << 20;

  /// Makes the folder when it is absent.
  static ServerFolder open(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unusable(path, "cannot be made (" + e + ")", e);
    }
    if (!Files.isWritable(path)) {
      throw unusable(path, "is not writable", null);
    }
    return new ServerFolder(path);
  }

  private static StorageException unusable(Path path, String what, @Nullable IOException cause) {
    return new StorageException(
        Code.UNAVAILABLE,
        "the folder of the embedded PostgreSQL, "
            + path
            + ", "
            + what
            + " for user "
            + System.getProperty("user.name")
            + "; give this user the right to write there, or choose another data folder",
        cause);
  }

  /// The server's data, owned by the server's user alone.
  Path cluster() {
    return path.resolve("cluster");
  }

  Path log() {
    return path.resolve("server.log");
  }

  /// Settings of the operator; optional.
  Path customConfig() {
    return path.resolve("custom.conf");
  }

  Path binaries(String version) {
    return path.resolve("bin-" + version);
  }

  Path temporary(String name) {
    return path.resolve(name + ".new");
  }

  /// The password of the role; never shown.
  Optional<String> password() {
    Path file = path.resolve("password");
    try {
      String password = Files.exists(file) ? Files.readString(file).strip() : "";
      return password.isEmpty() ? Optional.empty() : Optional.of(password);
    } catch (IOException e) {
      throw unusable(path, "holds a password file that is not readable", e);
    }
  }

  /// A new password, which is not kept yet.
  static String newPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Keeps the password that the server has by now: one that it does not have would lock us out.
  void keep(String password) throws IOException {
    write(path.resolve("password"), password);
  }

  /// Writes a file that only its owner may read, whole or not at all.
  void write(Path file, String text) throws IOException {
    Path part = path.resolve(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, text, StandardOpenOption.SYNC);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// @throws StorageException [Code#DISK_FULL] when too little space is left to set up a server
  void requireSpace() {
    long free = free();
    if (free < LEAST_FREE_BYTES) {
      throw new StorageException(
          Code.DISK_FULL,
          "only "
              + (free >> 20)
              + " MB are free at "
              + path
              + ", and setting up PostgreSQL there takes "
              + (LEAST_FREE_BYTES >> 20)
              + " MB; free some space or choose another data folder");
    }
  }

  /// Whether so little space is left that writing must stop, and that most failures come from it.
  boolean full() {
    return free() < RESERVE_BYTES;
  }

  /// What to add to a message about a failure.
  String hint() {
    return full() ? "; " + fullMessage() : "";
  }

  /// Says that the disk is full and what to do.
  String fullMessage() {
    return "only "
        + (free() >> 20)
        + " MB are free at "
        + path
        + ", and the last "
        + (RESERVE_BYTES >> 20)
        + " MB are left to PostgreSQL for its own repair; free some space there, and all goes on";
  }

  private long free() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // unknown; what fails for lack of space will say so
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> children = Files.list(tree)) {
        for (Path child : children.toList()) {
          deleteTree(child);
        }
      }
    }
    Files.deleteIfExists(tree);
  }
}
