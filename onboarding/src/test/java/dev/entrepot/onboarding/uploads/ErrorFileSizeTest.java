package dev.entrepot.onboarding.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.model.Books;
import dev.entrepot.onboarding.OnboardingException;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An error file is larger than what it is about, and can be sent back nevertheless.
class ErrorFileSizeTest {
  @TempDir Path folder;
  private final Database database = TestDatabase.fresh();
  private World world;
  private String sent;
  private Upload upload;

  @BeforeEach
  void everyRowIsRejected() {
    world = new World(database, folder, "node-1").with(VendorDraft.of("ACME", "Acme")).started();
    StringBuilder text = new StringBuilder(World.HEADER);
    for (int i = 1; i <= 100; i++) {
      text.append("A-%1$d,Cär %1$d,Garden,,,SKU-%1$d,Acme,10.00,,5,,\n".formatted(i));
    }
    sent = text.toString();
    VendorDraft base = VendorDraft.of("ACME", "Acme");
    world.change(
        new VendorDraft(
            base.code(),
            base.name(),
            base.status(),
            null,
            base.currency(),
            base.knownKey(),
            base.approval(),
            null,
            base.priceMoveShare(),
            new UploadLimits(bytes(sent).length, 100, 10, 1_000),
            base.phoneRegion(),
            null));
    upload = supplied("products.csv", bytes(sent));
    assertThat(upload.books()).isEqualTo(new Books(100, 0, 0, 100, 0, 0));
    world.catalogue.createCategory(World.ANNA, "garden", "Garden", null);
  }

  @AfterEach
  void close() {
    world.audited();
    world.close();
    database.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Upload supplied(String name, byte[] file) {
    return world.await(world.submit("ACME", name, file, Uploads.Limits.SUPPLIER).upload().id());
  }

  private byte[] report(Uploads.ReportFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    world.uploads.writeErrors(upload.id(), format, out);
    return out.toByteArray();
  }

  @Test
  void itIsTakenAsItIs() throws IOException {
    byte[] report = report(Uploads.ReportFormat.CSV);
    assertThat(report.length).isGreaterThan(2 * bytes(sent).length);
    Upload again = supplied("errors.csv", report);
    assertThat(again.state()).isEqualTo(Upload.State.COMPLETED);
    assertThat(again.books()).isEqualTo(new Books(100, 100, 0, 0, 0, 0));
    assertThat(world.uploads.find(upload.id()).orElseThrow().openErrors()).isZero();
  }

  @Test
  void asAWorkbookToo() throws IOException {
    byte[] report = report(Uploads.ReportFormat.XLSX);
    assertThat(report.length).isGreaterThan(bytes(sent).length);
    assertThat(supplied("errors.xlsx", report).books().written()).isEqualTo(100);
  }

  @Test
  void otherFilesAreNot() {
    byte[] larger = bytes(sent + "A-101,Car,Garden,,,SKU-101,Acme,10.00,,5,,\n");
    world.uploads.announce("ACME", Uploads.Limits.SUPPLIER, larger.length);
    assertThatThrownBy(() -> supplied("larger.csv", larger))
        .isInstanceOfSatisfying(
            OnboardingException.class,
            e -> assertThat(e.code()).isEqualTo(OnboardingException.Code.LIMIT_EXCEEDED))
        .hasMessageContaining("larger than the %,d bytes", bytes(sent).length);
    assertThatThrownBy(() -> world.uploads.announce("ACME", Uploads.Limits.SUPPLIER, 1_000_000))
        .hasMessageContaining("larger than the %,d bytes", bytes(sent).length);
  }
}
