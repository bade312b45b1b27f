package dev.entrepot.app.walk;

import dev.entrepot.app.Patience;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import dev.entrepot.storage.DatabaseStatus;
import dev.entrepot.storage.Lease;
import dev.entrepot.storage.Leases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps a vendor's files from being read until it is closed: it has the lease that a reader needs.
final class VendorHold implements AutoCloseable {
  // As the embedded server names its one user.
  private static final String USER = "entrepot";
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Database database;
  private final Leases leases;
  private final Lease lease;

  /// @param embedded the program's own database, which runs
  VendorHold(DatabaseStatus embedded, String vendor) {
    database = open(embedded);
    leases = new Leases(database, Clock.systemUTC());
    lease = take("uploads/" + vendor);
  }

  private static Database open(DatabaseStatus embedded) {
    Path folder = Objects.requireNonNull(embedded.folder(), "the demo's database is its own");
    try {
      String password = Files.readString(folder.resolve("password")).strip();
      return Database.open(
          new DatabaseConfig.Given("jdbc:postgresql://" + embedded.address(), USER, password, 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The lease, once no file of the vendor is being read.
  private Lease take(String name) {
    AtomicReference<Lease> taken = new AtomicReference<>();
    Patience.await(
        "the lease " + name,
        () -> {
          Optional<Lease> free = leases.acquire(name, "test", LONGEST);
          free.ifPresent(taken::set);
          return free.isPresent();
        });
    return taken.get();
  }

  @Override
  public void close() {
    leases.release(lease);
    database.close();
  }
}
