package dev.entrepot.console.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a handler answers. Immutable.
public record Answer(int status, List<Header> headers, Content content) {

  /// One header; several of the same name are all sent.
  public record Header(String name, String value) {}

  /// The body.
  public sealed interface Content {}

  /// No body.
  public record Nothing() implements Content {}

  /// A value that is written as JSON.
  public record Json(Object value) implements Content {}

  /// Bytes as they are; not copied, so do not write to them.
  public static final class Bytes implements Content {
    private final String type;
    private final byte[] bytes;

    public Bytes(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    /// The media type.
    public String type() {
      return type;
    }

    public byte[] bytes() {
      return bytes;
    }
  }

  /// A body written while it is sent. An exception after the first byte breaks the connection, so
  /// that the client cannot take a part for the whole.
  ///
  /// @param length the number of bytes, or -1 when it is not known
  public record Stream(String type, long length, Writer writer) implements Content {}

  /// Writes a streamed body. Need not close the stream.
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  public Answer {
    headers = List.copyOf(headers);
  }

  private Answer(int status, Content content) {
    this(status, List.of(), content);
  }

  /// 200 with a value as JSON.
  public static Answer json(Object value) {
    return json(200, value);
  }

  /// A value as JSON.
  public static Answer json(int status, Object value) {
    return new Answer(status, new Json(value));
  }

  /// 201 with the new thing as JSON and where it lives.
  public static Answer created(String location, Object value) {
    return json(201, value).with("Location", location);
  }

  /// 204: done, and there is nothing to say.
  public static Answer done() {
    return new Answer(204, new Nothing());
  }

  /// A status without a body.
  public static Answer empty(int status) {
    return new Answer(status, new Nothing());
  }

  /// An HTML page.
  public static Answer html(int status, String page) {
    return bytes(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer bytes(int status, String type, byte[] bytes) {
    return new Answer(status, new Bytes(type, bytes));
  }

  /// 200 with a body written while it is sent.
  public static Answer stream(String type, Writer writer) {
    return new Answer(200, new Stream(type, -1, writer));
  }

  /// 303: look there, with GET.
  ///
  /// @param location a path on this server
  public static Answer seeOther(String location) {
    return new Answer(303, new Nothing()).with("Location", location);
  }

  /// The same answer with one more header.
  public Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, more, content);
  }

  /// The same answer, to be saved under a file name rather than shown.
  public Answer download(String fileName) {
    return with("Content-Disposition", ContentDisposition.attachment(fileName));
  }
}
