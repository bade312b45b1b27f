package dev.entrepot.console.pages.flows;

import dev.entrepot.flow.config.ConfigProblem;
import dev.entrepot.flow.config.ConfigProblem.Severity;
import dev.entrepot.flow.config.ConfigProblems;
import dev.entrepot.flow.config.ConfigTree;
import dev.entrepot.flow.config.FlowConfigException;
import dev.entrepot.flow.workspace.WorkspaceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Files of a workspace as somebody sends them: zips, and YAML or JSON files one by one. What they
/// unpack to is bounded while it is unpacked, whatever they say of themselves. Not safe for use by
/// several threads.
final class WorkspaceUpload {
  /// All files together, unpacked.
  static final int MOST_BYTES = 2 << 20;

  private static final int MOST_FILES = 2_000;
  private static final Pattern CONFIG = Pattern.compile("(?i).*\\.(ya?ml|json)$");

  private final Map<String, String> texts = new TreeMap<>();
  private int bytes;
  private int entries;

  /// @param name as its sender calls it
  /// @throws FlowConfigException INVALID when it is too large or cannot be read
  void add(String name, InputStream content) throws IOException {
    byte[] sent = bounded(name, content);
    if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
      unpack(name, sent);
      return;
    }
    if (!CONFIG.matcher(name).matches()) {
      throw refused(name, "it is neither a zip nor YAML nor JSON", "send .zip, .yaml or .json");
    }
    count(name, sent);
    String text = text(name, sent);
    keep(place(name, text), text);
  }

  /// What was sent.
  ///
  /// @throws FlowConfigException INVALID when there is nothing
  WorkspaceFiles files() {
    if (texts.isEmpty()) {
      throw refused("", "there is no file", "choose a zip, or YAML files");
    }
    return new WorkspaceFiles(texts);
  }

  private void unpack(String zip, byte[] sent) throws IOException {
    int before = entries;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(sent))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        // What is left out is unpacked, too, and may be as large as it likes to be.
        byte[] content = bounded(zip, in);
        count(zip, content);
        String name = entry.getName().replace('\\', '/');
        if (!entry.isDirectory() && CONFIG.matcher(name).matches() && !hidden(name)) {
          keep(inside(zip, name), text(name, content));
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw refused(zip, "it cannot be unpacked: " + e.getMessage(), "pack it again");
    }
    if (entries == before) {
      throw refused(
          zip, "it is no zip, or an empty one", "pack the folder with clients/ and mappings/");
    }
  }

  private byte[] bounded(String name, InputStream content) throws IOException {
    byte[] read = content.readNBytes(MOST_BYTES + 1);
    if (read.length > MOST_BYTES) {
      throw tooMuch(name);
    }
    return read;
  }

  private void count(String name, byte[] content) {
    bytes += content.length;
    if (bytes > MOST_BYTES) {
      throw tooMuch(name);
    }
    if (++entries > MOST_FILES) {
      throw refused(
          name,
          String.format(Locale.ROOT, "there are more than %,d files", MOST_FILES),
          "send fewer at a time");
    }
  }

  private static FlowConfigException tooMuch(String name) {
    return refused(
        name,
        "the files are larger than %d MiB, unpacked".formatted(MOST_BYTES >> 20),
        "send fewer at a time, or use the command: entrepot plan DIR");
  }

  /// What systems put into archives beside what was packed.
  private static boolean hidden(String name) {
    return Arrays.stream(name.split("/"))
        .anyMatch(part -> part.equals("__MACOSX") || (part.startsWith(".") && !part.equals("..")));
  }

  /// A zip may hold the folder or what is in it.
  private static String inside(String zip, String name) {
    List<String> parts = Arrays.asList(name.split("/"));
    if (name.startsWith("/") || parts.contains("..")) {
      throw refused(
          zip, "\"%s\" lies outside of the zip".formatted(name), "pack the folder itself");
    }
    for (int i = 0; i < parts.size() - 1; i++) {
      if (parts.get(i).equals("clients") || parts.get(i).equals("mappings")) {
        return String.join("/", parts.subList(i, parts.size()));
      }
    }
    return name;
  }

  /// Single files come without their folder: what is in them tells which it is.
  private static String place(String name, String text) {
    var problems = new ConfigProblems();
    Object value = ConfigTree.read(text, problems).value();
    if (value instanceof Map<?, ?> map && map.containsKey("client_id")) {
      return "clients/" + name;
    }
    if (value instanceof Map<?, ?> map && map.containsKey("mappings")) {
      return "mappings/" + name;
    }
    List<ConfigProblem> found = problems.all();
    throw found.isEmpty()
        ? refused(
            name,
            "it is neither a client (it has no client_id) nor a mapping (it has no mappings)",
            "add what is missing")
        : FlowConfigException.invalid(name, found);
  }

  private void keep(String name, String text) {
    if (texts.putIfAbsent(name, text) != null) {
      throw refused(name, "it is there twice", "send it once");
    }
  }

  private static String text(String name, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw refused(name, "it is no text in UTF-8", "save it as UTF-8");
    }
  }

  private static FlowConfigException refused(String place, String message, String remedy) {
    return FlowConfigException.invalid(
        place.isEmpty() ? "the upload" : place,
        List.of(new ConfigProblem(Severity.ERROR, place, message, remedy)));
  }
}
