package dev.entrepot.bench.crash;

import dev.entrepot.bench.Engine;
import dev.entrepot.bench.Workplace;
import dev.entrepot.bench.file.ProductFile;
import dev.entrepot.bench.file.ProductFile.Mix;
import dev.entrepot.model.Actor;
import dev.entrepot.onboarding.uploads.Upload;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.DatabaseConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// A data folder with vendors, categories and a catalogue, and the files that are sent while things
/// are killed. Each cycle begins with a copy of it.
///
/// @param folder the data folder
/// @param strictFile of a vendor whose known keys are duplicates
/// @param updatingFile of a vendor whose known products are updated
record World(Path folder, Path strictFile, Path updatingFile) {
  static final String STRICT = "STRICT";
  static final String UPDATING = "UPDATING";
  private static final String OTHER = "OTHER";
  private static final int STRICT_PRODUCTS = 10_000_000;
  private static final Actor MAKER = Actor.system("crash-test");

  /// Makes it, in a folder that is absent.
  static World make(Path work, int rows, long seed) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve("template"));
    World world = new World(folder, work.resolve("strict.csv"), work.resolve("updating.csv"));
    new ProductFile(seed, rows, STRICT_PRODUCTS, Mix.EVERYTHING).write(world.strictFile);
    new ProductFile(seed, rows, 0, Mix.EVERYTHING).write(world.updatingFile);
    try (Database database = Database.open(DatabaseConfig.parse(null, folder))) {
      database.migrate();
      try (Engine engine = new Engine(database, folder)) {
        engine.start();
        world.fill(engine, work, rows, seed);
      }
    }
    return world;
  }

  private void fill(Engine engine, Path work, int rows, long seed)
      throws IOException, InterruptedException {
    for (String category : ProductFile.categories()) {
      String code = category.toLowerCase(Locale.ROOT).replace(' ', '-');
      engine.onboarding().catalogue().createCategory(MAKER, code, category, null);
    }
    engine.onboarding().vendors().create(MAKER, vendor(STRICT, KnownKeyPolicy.REJECT));
    engine.onboarding().vendors().create(MAKER, vendor(UPDATING, KnownKeyPolicy.UPDATE));
    engine.onboarding().vendors().create(MAKER, vendor(OTHER, KnownKeyPolicy.REJECT));
    // Half of what the second vendor will send is there already; some of the first one's keys are
    // another vendor's.
    load(engine, UPDATING, work.resolve("base.csv"), new ProductFile(seed, rows / 2, 0, Mix.GOOD));
    load(
        engine,
        OTHER,
        work.resolve("other.csv"),
        new ProductFile(seed, rows / 50, STRICT_PRODUCTS + rows / 2, Mix.GOOD));
  }

  private static VendorDraft vendor(String code, KnownKeyPolicy knownKey) {
    VendorDraft draft = VendorDraft.of(code, code);
    return new VendorDraft(
        code,
        code,
        draft.status(),
        code.toLowerCase(Locale.ROOT) + "@example.com",
        draft.currency(),
        knownKey,
        ApprovalPolicy.AUTOMATIC,
        null,
        draft.priceMoveShare(),
        draft.limits(),
        draft.phoneRegion(),
        null);
  }

  private static void load(Engine engine, String vendor, Path path, ProductFile file)
      throws IOException, InterruptedException {
    file.write(path);
    try (InputStream bytes = Files.newInputStream(path)) {
      Upload upload =
          engine
              .uploads()
              .submit(
                  MAKER,
                  new Uploads.Submission(
                      vendor,
                      path.getFileName().toString(),
                      Upload.Source.CLI,
                      Uploads.Limits.OPERATOR,
                      null),
                  bytes)
              .upload();
      Upload finished = engine.uploads().await(upload.id(), Duration.ofMinutes(10));
      if (finished.state() != Upload.State.COMPLETED) {
        throw new IllegalStateException("the catalogue could not be made: " + finished);
      }
    }
  }

  Path file(String vendor) {
    return vendor.equals(STRICT) ? strictFile : updatingFile;
  }

  /// Puts a copy in place of a folder, owners and rights kept.
  void copyTo(Path target) throws IOException, InterruptedException {
    Workplace.delete(target);
    run("cp", "-a", folder.toString(), target.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
  }
}
