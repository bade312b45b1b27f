package dev.entrepot.cli.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// Tells how much of a stream has been read.
final class CountingStream extends FilterInputStream {
  private final LongConsumer read;
  private long count;

  CountingStream(InputStream in, LongConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    advance(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = super.read(target, offset, length);
    advance(n);
    return n;
  }

  private void advance(int n) {
    if (n > 0) {
      count += n;
      read.accept(count);
    }
  }
}
