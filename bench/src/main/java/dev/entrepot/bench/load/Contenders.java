package dev.entrepot.bench.load;

import dev.entrepot.bench.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Who takes part.
final class Contenders {
  private static final String COPY =
      "\\copy product (vendor_product_id, name, category, subcategory, description, sku, brand,"
          + " price, compare_at_price, stock_quantity, weight_kg, image_url)"
          + " from '{file}' with (format csv, header true)";

  private Contenders() {}

  static List<Contender> all(Path work) {
    Path bench = Workplace.bench();
    return List.of(
        new Contender(
            "copy",
            "psql \\copy, nothing checked",
            false,
            List.of("psql", "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-c", COPY)),
        new Contender("entrepot", "Entrepot", true, entrepot(work)),
        new Contender(
            "spring-batch",
            "Spring Batch, driver tuned for batches",
            true,
            springBatch(bench, true)),
        new Contender(
            "spring-batch-plain",
            "Spring Batch, driver's defaults",
            true,
            springBatch(bench, false)),
        new Contender(
            "node-values",
            "Node, csv-parse + pg, insert of many rows",
            true,
            List.of("node", bench.resolve("node/load.js").toString(), "values", "{file}")),
        new Contender(
            "node",
            "Node, csv-parse + pg, unnest",
            true,
            List.of("node", bench.resolve("node/load.js").toString(), "unnest", "{file}")),
        new Contender(
            "node-copy",
            "Node, csv-parse + pg-copy-streams",
            true,
            List.of("node", bench.resolve("node/load.js").toString(), "copy", "{file}")));
  }

  private static List<String> entrepot(Path work) {
    List<String> command = new ArrayList<>(Workplace.program());
    command.add(1, "-Dlogback.configurationFile=" + Workplace.bench().resolve("logback.xml"));
    command.add(EntrepotLoad.class.getName());
    command.add(work.resolve("files").toString());
    command.add("{file}");
    return command;
  }

  private static List<String> springBatch(Path bench, boolean tuned) {
    return List.of(
        Workplace.java().toString(),
        "-Dtuned=" + tuned,
        "-cp",
        bench.resolve("spring-batch/target/lib").resolve("*").toString(),
        "dev.entrepot.bench.springbatch.SpringBatchLoad",
        "{file}");
  }
}
