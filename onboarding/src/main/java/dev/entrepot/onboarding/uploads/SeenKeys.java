package dev.entrepot.onboarding.uploads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SplittableRandom;

/// Which keys were seen, and in which row first: a hash table outside the heap that holds a 96-bit
/// fingerprint and a row number (16 bytes) a key. Two different keys are taken for the same with a
/// probability of about `n²/2⁹⁷`: for ten million keys less than one in 10¹⁵. Small tables lie in
/// memory, large ones in a temporary file that the system pages in and out, so that memory stays
/// bounded however many keys there are. Not safe for use by many threads; close it to give
/// everything back.
final class SeenKeys implements AutoCloseable {
  private static final int SLOT_BYTES = 16;
  private static final int FIRST_SLOTS = 1 << 12;

  /// How large a table may be in memory unless told otherwise.
  static final long BYTES_IN_MEMORY = 64L << 20;

  private static final long SEED_1 = new SplittableRandom().nextLong();
  private static final long SEED_2 = new SplittableRandom().nextLong();

  private final Path spillFolder;
  private final long mostBytesInMemory;
  private Arena arena;
  private MemorySegment table;
  private long mask;
  private long size;

  /// @param spillFolder where large tables lie
  SeenKeys(Path spillFolder) {
    this(spillFolder, BYTES_IN_MEMORY);
  }

  /// @param spillFolder where large tables lie
  /// @param mostBytesInMemory what is larger lies in a file
  SeenKeys(Path spillFolder, long mostBytesInMemory) {
    this.spillFolder = spillFolder;
    this.mostBytesInMemory = mostBytesInMemory;
    arena = Arena.ofShared();
    table = arena.allocate((long) FIRST_SLOTS * SLOT_BYTES, SLOT_BYTES);
    mask = FIRST_SLOTS - 1L;
  }

  /// Remembers a key.
  ///
  /// @param row at least 1
  /// @return 0 when the key is new, else the row it was first seen in
  int putIfAbsent(String key, int row) {
    long first = hash(key, SEED_1, 0x9E3779B97F4A7C15L);
    int second = (int) (hash(key, SEED_2, 0xD1B54A32D192ED03L) >>> 32);
    long offset = find(table, mask, first, second);
    int known = table.get(ValueLayout.JAVA_INT, offset + 12);
    if (known != 0) {
      return known;
    }
    store(table, offset, first, second, row);
    if (++size * 3 > (mask + 1) * 2) {
      grow();
    }
    return 0;
  }

  /// The row a key was first seen in, or 0.
  int rowOf(String key) {
    long first = hash(key, SEED_1, 0x9E3779B97F4A7C15L);
    int second = (int) (hash(key, SEED_2, 0xD1B54A32D192ED03L) >>> 32);
    return table.get(ValueLayout.JAVA_INT, find(table, mask, first, second) + 12);
  }

  boolean contains(String key) {
    return rowOf(key) != 0;
  }

  long size() {
    return size;
  }

  private static long find(MemorySegment table, long mask, long first, int second) {
    long slot = first & mask;
    while (true) {
      long offset = slot * SLOT_BYTES;
      if (table.get(ValueLayout.JAVA_INT, offset + 12) == 0
          || (table.get(ValueLayout.JAVA_LONG, offset) == first
              && table.get(ValueLayout.JAVA_INT, offset + 8) == second)) {
        return offset;
      }
      slot = (slot + 1) & mask;
    }
  }

  private static void store(MemorySegment table, long offset, long first, int second, int row) {
    table.set(ValueLayout.JAVA_LONG, offset, first);
    table.set(ValueLayout.JAVA_INT, offset + 8, second);
    table.set(ValueLayout.JAVA_INT, offset + 12, row);
  }

  private void grow() {
    long slots = (mask + 1) * 2;
    Arena larger = Arena.ofShared();
    MemorySegment target;
    try {
      target = allocate(larger, slots * SLOT_BYTES);
    } catch (NoRoomException e) {
      larger.close();
      throw e;
    }
    for (long offset = 0; offset < table.byteSize(); offset += SLOT_BYTES) {
      int row = table.get(ValueLayout.JAVA_INT, offset + 12);
      if (row != 0) {
        long first = table.get(ValueLayout.JAVA_LONG, offset);
        int second = table.get(ValueLayout.JAVA_INT, offset + 8);
        store(target, find(target, slots - 1, first, second), first, second, row);
      }
    }
    arena.close();
    arena = larger;
    table = target;
    mask = slots - 1;
  }

  private MemorySegment allocate(Arena owner, long bytes) {
    if (bytes <= mostBytesInMemory) {
      return owner.allocate(bytes, SLOT_BYTES);
    }
    try {
      Path file = Files.createTempFile(spillFolder, "keys", ".tmp");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        // A hole in a mapped file that finds no room later would end the program's thread with a
        // signal; a write that finds none is refused.
        fill(channel, bytes);
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, owner);
      }
    } catch (IOException e) {
      throw new NoRoomException(
          String.format(
              Locale.ROOT,
              "a temporary file of %,d bytes cannot be written in %s (%s)",
              bytes,
              spillFolder,
              e.getMessage()),
          e);
    }
  }

  private static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
    for (long left = bytes; left > 0; ) {
      left -= channel.write(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
    }
  }

  private static long hash(String key, long seed, long multiplier) {
    long hash = seed ^ key.length();
    int index = 0;
    for (; index + 4 <= key.length(); index += 4) {
      long word =
          key.charAt(index)
              | (long) key.charAt(index + 1) << 16
              | (long) key.charAt(index + 2) << 32
              | (long) key.charAt(index + 3) << 48;
      hash = mix(hash ^ word, multiplier);
    }
    long rest = 1;
    for (; index < key.length(); index++) {
      rest = rest << 16 | key.charAt(index);
    }
    return mix(mix(hash ^ rest, multiplier), 0xA0761D6478BD642FL);
  }

  private static long mix(long value, long multiplier) {
    return value * multiplier ^ Math.unsignedMultiplyHigh(value, multiplier);
  }

  @Override
  public void close() {
    arena.close();
  }
}
