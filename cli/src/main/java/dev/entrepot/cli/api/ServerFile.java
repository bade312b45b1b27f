package dev.entrepot.cli.api;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `server.json` in the data folder: where the running server is, and a key for the commands of
/// whoever may read that folder. It is readable by its owner alone.
///
/// @param address of the server, reachable from this machine
/// @param process the server's process id
/// @param apiKey a key that may do everything, valid while that process lives
public record ServerFile(URI address, long process, String apiKey) {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  public static Path in(Path dataFolder) {
    return dataFolder.resolve("server.json");
  }

  /// What the data folder says, whether or not that server still lives.
  public static Optional<ServerFile> read(Path dataFolder) throws IOException {
    String text;
    try {
      text = Files.readString(in(dataFolder));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode node = JsonMapper.shared().readTree(text);
      return Optional.of(
          new ServerFile(
              URI.create(node.path("url").stringValue()),
              node.path("pid").longValue(),
              node.path("api_key").stringValue()));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          in(dataFolder) + " cannot be read as a server's address; delete it and start again", e);
    }
  }

  /// Whether the process that wrote it still runs. A process id may have been given to another
  /// program since: only an answer from the address is proof.
  public boolean processAlive() {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  /// Writes the file, whole or not at all.
  public void write(Path dataFolder) throws IOException {
    String text =
        JsonMapper.shared()
            .writeValueAsString(
                Api.object()
                    .put("url", address.toString())
                    .put("pid", process)
                    .put("api_key", apiKey));
    Path fresh = dataFolder.resolve("server.json.new");
    Files.deleteIfExists(fresh);
    try {
      Files.createFile(fresh, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(fresh + " appeared meanwhile; is another server starting?", e);
    }
    Files.writeString(fresh, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(
        fresh, in(dataFolder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes the file away, if it is this one.
  public void delete(Path dataFolder) throws IOException {
    if (read(dataFolder).filter(this::equals).isPresent()) {
      Files.deleteIfExists(in(dataFolder));
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "ServerFile[address=" + address + ", process=" + process + "]";
  }
}
