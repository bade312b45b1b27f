package dev.entrepot.storage;

import java.io.IOException;
import java.nio.file.Path;

/// A program that tests start and kill: opens the embedded database of a folder, says so, and waits
/// for the end of its input.
final class ServerProgram {

  private ServerProgram() {}

  public static void main(String[] arguments) throws IOException {
    DatabaseConfig config = new DatabaseConfig.Embedded(Path.of(arguments[0]), 4);
    try (Database database = Database.open(config)) {
      database.migrate();
      System.out.println("READY " + database.status());
      while (System.in.read() >= 0) {
        // Nobody is to write here.
      }
    } catch (StorageException e) {
      System.out.println("FAILED " + e.code() + " " + e.getMessage());
    }
  }
}
