package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.app.serve.Program;
import dev.entrepot.app.settings.Setting;
import dev.entrepot.app.settings.SettingsReader;
import dev.entrepot.simulators.kong.KongServer;
import dev.entrepot.simulators.remote.RemoteSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A supplier's file ends at a destination, through the catalogue and a flow that reads it, on
/// whichever database.
abstract class PublishedFile {
  private static final String HEADER =
      "vendor_product_id,product_name,category,sku,price,stock_quantity,ean\n";

  @TempDir private Path files;

  /// The program with a Kong beside it.
  record World(Path data, Program program, KongServer kong) implements AutoCloseable {
    static World start(Path data, Map<Setting, String> settings) throws IOException {
      KongServer kong = KongServer.start(RemoteSettings.unlimited(), Map.of("k-key", "toys"));
      Program program =
          Program.start(new SettingsReader(Map.of()).read(data, settings), Clock.systemUTC());
      program.announce();
      return new World(data, program, kong);
    }

    @Override
    public void close() {
      program.close();
      kong.server().close();
    }
  }

  abstract World world();

  CommandRun ok(String... arguments) {
    CommandRun ended = CommandRun.of(world().data(), arguments);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private void upload(String name, String rows) throws IOException {
    Path file = Files.writeString(files.resolve(name), HEADER + rows);
    ok("upload", file.toString(), "--vendor", "VEND001");
  }

  private BigDecimal quantity(String sku) {
    return world()
        .kong()
        .products()
        .find("toys", sku)
        .orElseThrow()
        .contents()
        .path("quantity")
        .decimalValue();
  }

  @Test
  void whatASupplierSendsIsPublished() throws IOException {
    ok("vendor", "add", "VEND001", "Harbour Toys", "--known-key", "update");
    ok("category", "add", "toys", "Toys");
    ok("mapping", "add", "toys-kong", "--starter", "kong", "--source", "catalogue");
    CommandRun added =
        ok(
            "client",
            "add",
            "toys",
            "--source",
            "catalogue",
            "--source-setting",
            "vendor=VEND001",
            "--product",
            "kong",
            "--product-url",
            world().kong().server().uri().toString(),
            "--mapping",
            "toys-kong");
    assertThat(added.out())
        .contains("client secret set toys kong")
        .doesNotContain("toys siesa", "toys catalogue");
    CommandRun secret =
        CommandRun.of(
            Map.of("ENTREPOT_DATA", world().data().toString()),
            "{\"api_key\": \"k-key\"}",
            "client",
            "secret",
            "set",
            "toys",
            "kong");
    assertThat(secret.code()).as(secret.err()).isZero();
    assertThat(ok("client", "check", "toys").out()).contains("the products of VEND001");

    upload("spring.csv", "1,Train,toys,T-1,19.90,5,7702001042470\n2,Kite,toys,K-1,7.50,12,\n");
    ok("run", "start", "toys");
    assertThat(world().kong().products().size("toys")).isEqualTo(2);
    var train = world().kong().products().find("toys", "T-1").orElseThrow().contents();
    assertThat(train.path("external_reference").asString()).isEqualTo("1");
    assertThat(train.path("barcode").asString()).isEqualTo("7702001042470");
    assertThat(quantity("T-1")).isEqualByComparingTo("5");

    upload("summer.csv", "1,Train,toys,T-1,19.90,4,7702001042470\n");
    ok("run", "start", "toys");
    assertThat(quantity("T-1")).isEqualByComparingTo("4");
    assertThat(ok("audit").out()).contains("balance");

    CommandRun mistaken =
        CommandRun.of(
            Map.of("ENTREPOT_DATA", world().data().toString()),
            "{\"api_key\": \"x\"}",
            "client",
            "secret",
            "set",
            "toys",
            "catalogue");
    assertThat(mistaken.code()).isNotZero();
    assertThat(mistaken.err()).contains("catalogue has no credentials");
  }
}
