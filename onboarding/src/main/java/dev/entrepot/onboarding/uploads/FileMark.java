package dev.entrepot.onboarding.uploads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// What tells a file from another one that comes in its place, and from itself when it grows.
///
/// @param key of the file system, such as the inode; null: it has none
record FileMark(@Nullable Object key, long size, FileTime modified) {
  /// @throws java.nio.file.NoSuchFileException when it is gone
  static FileMark of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileMark(now.fileKey(), now.size(), now.lastModifiedTime());
  }
}
