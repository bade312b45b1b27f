package dev.entrepot.onboarding.tabular;

import dev.entrepot.onboarding.tabular.TabularException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Tells what is in an OLE compound file (MS-CFB): a workbook of Excel 97-2003, one that is
/// encrypted, or something else.
final class OldWorkbook {
  private static final int HEADER = 512;
  private static final int SECTOR_SHIFT = 30;
  private static final int DIRECTORY_START = 48;
  private static final int DIRECTORY_BYTES = 4_096;

  private OldWorkbook() {}

  static TabularException refusal(Path file) {
    String directory = directory(file);
    if (directory.contains("EncryptedPackage")) {
      return new TabularException(
          Code.NOT_A_TABLE, "the workbook is protected by a password; save it without one");
    }
    if (directory.contains("WordDocument")) {
      return new TabularException(
          Code.NOT_A_TABLE, "this is an old Word document; send the table in it as .xlsx or CSV");
    }
    return new TabularException(
        Code.NOT_A_TABLE, "this is an old Excel file (.xls); save it as .xlsx or CSV");
  }

  private static String directory(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(header, 0);
      if (header.position() < HEADER) {
        return "";
      }
      int shift = header.getShort(SECTOR_SHIFT);
      long start = header.getInt(DIRECTORY_START) & 0xFFFFFFFFL;
      if (shift < 7 || shift > 16) {
        return "";
      }
      ByteBuffer directory = ByteBuffer.allocate(DIRECTORY_BYTES);
      channel.read(directory, (start + 1) << shift);
      return new String(directory.array(), StandardCharsets.UTF_16LE);
    } catch (IOException failed) {
      throw new TabularException(
          Code.UNREADABLE, "the file cannot be read from disk: " + failed.getMessage(), failed);
    }
  }
}
