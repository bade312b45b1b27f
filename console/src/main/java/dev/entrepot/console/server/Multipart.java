package dev.entrepot.console.server;

import dev.entrepot.console.server.ProblemException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.jspecify.annotations.Nullable;

/// A `multipart/form-data` body with one file, read as a stream: the text fields before the file
/// are kept, the file is never in memory. Not safe for use by several threads.
public final class Multipart {
  private static final int LONGEST_FIELD = 64 * 1024;
  private static final int MOST_FIELDS = 50;

  /// A body is at most so many bytes longer than its file: the text fields and all heads of parts.
  public static final long MOST_AROUND_FILE = 2L * LONGEST_FIELD * MOST_FIELDS;

  /// The file of the body.
  ///
  /// @param name as the sender calls it, without folders
  public record FilePart(String name, InputStream bytes) {}

  private final FileItemInputIterator parts;
  private final Map<String, String> fields = new TreeMap<>();
  private final @Nullable String token;

  /// @param token the session's token, when a field before the file must still show it
  Multipart(String contentType, InputStream body, @Nullable String token) throws IOException {
    this.token = token;
    Reader reader = new Reader();
    reader.setHeaderCharset(StandardCharsets.UTF_8);
    try {
      this.parts = reader.getItemIterator(new Context(contentType, body));
    } catch (FileUploadException | IllegalStateException e) {
      throw malformed(e);
    }
  }

  /// Reads up to the file. The fields that came before it are known afterwards.
  ///
  /// @return empty when there is no file
  /// @throws ProblemException FORBIDDEN when the session's token had to come first and did not
  public Optional<FilePart> file() throws IOException {
    try {
      while (parts.hasNext()) {
        FileItemInput part = parts.next();
        if (!part.isFormField()) {
          requireToken();
          return Optional.of(new FilePart(baseName(part.getName()), part.getInputStream()));
        }
        keep(part);
      }
      requireToken();
      return Optional.empty();
    } catch (FileUploadException | IllegalStateException e) {
      throw malformed(e);
    }
  }

  /// Reads what comes after the file, so that fields behind it are known, too.
  public void rest() throws IOException {
    if (file().isPresent()) {
      throw new ProblemException(Kind.INVALID, "there is more than one file; send them one by one");
    }
  }

  /// A text field read so far.
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private void requireToken() {
    if (token != null) {
      Forgery.requireToken(token, Optional.ofNullable(fields.get(Forgery.FIELD)));
    }
  }

  private void keep(FileItemInput part) throws IOException {
    byte[] bytes = part.getInputStream().readNBytes(LONGEST_FIELD + 1);
    if (bytes.length > LONGEST_FIELD || fields.size() == MOST_FIELDS) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "the text fields are too large or too many; at most "
              + MOST_FIELDS
              + " of "
              + LONGEST_FIELD
              + " bytes each");
    }
    fields.putIfAbsent(part.getFieldName(), new String(bytes, StandardCharsets.UTF_8));
  }

  private static String baseName(String name) {
    int separator = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return name.substring(separator + 1);
  }

  private static ProblemException malformed(Exception e) {
    return new ProblemException(
        Kind.MALFORMED, "the multipart body cannot be read: " + e.getMessage());
  }

  private record Context(String contentType, InputStream body) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public String getContentType() {
      return contentType;
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }

    @Override
    public boolean isMultipartRelated() {
      return false;
    }
  }

  /// Only the streaming half of the library's class is used.
  private static final class Reader
      extends AbstractFileUpload<InputStream, DiskFileItem, DiskFileItemFactory> {
    @Override
    public FileItemInputIterator getItemIterator(InputStream request) {
      throw notStreamed();
    }

    @Override
    public Map<String, List<DiskFileItem>> parseParameterMap(InputStream request) {
      throw notStreamed();
    }

    @Override
    public List<DiskFileItem> parseRequest(InputStream request) {
      throw notStreamed();
    }

    private static UnsupportedOperationException notStreamed() {
      return new UnsupportedOperationException("bodies are only read with their context");
    }
  }
}
