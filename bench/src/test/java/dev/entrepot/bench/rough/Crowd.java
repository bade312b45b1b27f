package dev.entrepot.bench.rough;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Many connections to the program that say something, or nothing, and then a byte now and then.
final class Crowd implements AutoCloseable {
  private final int port;
  private final List<SocketChannel> connected = new ArrayList<>();
  private final List<SocketChannel> dripping = new ArrayList<>();

  Crowd(int port) {
    this.port = port;
  }

  /// Connections that send nothing.
  void idle(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      connected.add(connect());
    }
  }

  /// Connections that send this at once, and go on byte by byte with every [#drip].
  void dripping(int count, String beginning) throws IOException {
    byte[] bytes = beginning.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect();
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
      connected.add(channel);
      dripping.add(channel);
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    return channel;
  }

  /// Sends one more byte on each connection that drips.
  void drip() {
    dripping.removeIf(channel -> !sent(channel));
  }

  private static boolean sent(SocketChannel channel) {
    try {
      int _ = channel.write(ByteBuffer.wrap(new byte[] {'x'}));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// How many the program has not closed yet.
  int open() {
    connected.removeIf(Crowd::closed);
    return connected.size();
  }

  private static boolean closed(SocketChannel channel) {
    try {
      if (channel.read(ByteBuffer.allocate(1024)) >= 0) {
        return false;
      }
      channel.close();
    } catch (IOException e) {
      // Reset: closed as well.
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : connected) {
      channel.close();
    }
  }
}
