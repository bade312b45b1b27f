package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/// Looks at the end of a ZIP file before anything reads its table of contents into memory.
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054B50;
  private static final int END_LENGTH = 22;
  private static final int MAX_COMMENT = 65_535;
  private static final int MAX_ENTRIES = 10_000;
  private static final long MAX_DIRECTORY_BYTES = 4L << 20;

  private ZipDirectory() {}

  /// @throws TabularException when the end is missing, or there are far more entries than a
  ///   workbook has
  static void check(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file)) {
      int length = (int) Math.min(size, END_LENGTH + MAX_COMMENT);
      ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      long position = size - length;
      while (end.hasRemaining() && channel.read(end, position + end.position()) >= 0) {
        // Reads on until the end of the file is in the buffer.
      }
      end.flip();
      check(end);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read from disk: " + failed.getMessage(), failed);
    }
  }

  private static void check(ByteBuffer end) {
    for (int place = end.limit() - END_LENGTH; place >= 0; place--) {
      if (end.getInt(place) == END_SIGNATURE) {
        int entries = end.getShort(place + 10) & 0xFFFF;
        long bytes = end.getInt(place + 12) & 0xFFFFFFFFL;
        if (entries > MAX_ENTRIES || bytes > MAX_DIRECTORY_BYTES) {
          throw new TabularException(
              Code.ZIP_BOMB,
              String.format(
                  Locale.ROOT,
                  "the file is a ZIP archive of more than %,d parts, which no workbook has",
                  MAX_ENTRIES));
        }
        return;
      }
    }
    throw new TabularException(
        Code.CUT_SHORT,
        "the end of the workbook is missing; it was cut while it was copied or sent: send it again");
  }
}
