package dev.entrepot.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.console.SyncWorld;
import dev.entrepot.console.TestClient.Reply;
import dev.entrepot.console.TestConsole;
import dev.entrepot.console.access.Role;
import dev.entrepot.flow.FlowConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Configuration as files, and its revisions, in pages used without scripts.
class WorkspacePagesTest {
  private static final TestConsole CONSOLE = new TestConsole();
  private static final String PATH = "/sync/workspace";
  private static final String CLIENT =
      """
      client_id: acme
      product_type: kong
      siesa_api_url: https://siesa.example.com
      product_api_url: https://kong.example.com
      sync_schedule: rate(6 hours)
      field_mappings_key: kong-files
      """;

  @BeforeAll
  static void furnish() {
    CONSOLE.account("admin@example.com", Role.ADMIN, null);
    CONSOLE.account("viewer@example.com", Role.VIEWER, null);
  }

  @AfterAll
  static void close() {
    CONSOLE.close();
  }

  private static Visit by(String name) {
    return Visit.of(CONSOLE, name + "@example.com");
  }

  private static FlowConfig config() {
    return CONSOLE.flows().config();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static String field(Reply reply, String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(reply.text());
    assertThat(found.find()).as(reply.text()).isTrue();
    return found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static Reply apply(Visit admin, Reply planned) {
    return admin.post(
        PATH,
        "plan",
        field(planned, "name=\"plan\" value=\"([^\"]+)\""),
        "text",
        field(planned, "<textarea[^>]*>(.*?)</textarea>"),
        "deed",
        "apply");
  }

  @Test
  void filesAreSentPlannedAppliedAndTakenBack() throws IOException {
    Visit admin = by("admin");
    Reply planned =
        admin.send(
            PATH + "/files",
            Map.of(
                "all.zip",
                zip(
                    Map.of(
                        "workspace/clients/acme.yaml",
                        bytes(CLIENT),
                        "workspace/mappings/kong-files.yaml",
                        bytes(SyncWorld.MAPPING),
                        "__MACOSX/clients/acme.yaml",
                        bytes("nothing")))));
    assertThat(planned.status()).as(planned.text()).isEqualTo(200);
    assertThat(planned.text()).contains("2 to create, 0 to update", "Apply this plan");
    assertThat(config().clients().find("acme")).isEmpty();
    Reply applied = apply(admin, planned);
    assertThat(applied.status()).as(applied.text()).isEqualTo(303);
    assertThat(config().clients().require("acme").revision()).isEqualTo(1);

    Reply changed =
        admin.send(
            PATH + "/files", Map.of("acme.yaml", bytes(CLIENT.replace("6 hours", "2 hours"))));
    assertThat(changed.text()).contains("rate(6 hours) → rate(2 hours)");
    assertThat(apply(admin, changed).status()).isEqualTo(303);
    assertThat(admin.open("/sync/clients/acme/revisions/2").text())
        .contains("sync_schedule", "rate(6 hours)", "rate(2 hours)")
        .doesNotContain("Go back");
    assertThat(admin.open("/sync/clients/acme/revisions/1").text()).contains("Go back");
    assertThat(by("viewer").open("/sync/clients/acme/revisions/1").text())
        .doesNotContain("Go back");
    assertThat(apply(admin, changed).status()).as("a plan is applied once").isEqualTo(409);

    admin.post("/sync/clients/acme/revisions/1", "current", "1");
    assertThat(config().clients().require("acme").revision()).isEqualTo(2);
    admin.post("/sync/clients/acme/revisions/1", "current", "2");
    assertThat(config().clients().require("acme").config())
        .isEqualTo(config().clients().revisions("acme").getLast().config());
  }

  @Test
  void aMappingIsTakenBack() {
    Visit admin = by("admin");
    admin.post("/sync/new-mapping", "name", "a/b", "begin", "", "text", SyncWorld.MAPPING);
    String other = SyncWorld.MAPPING.replace("default: none", "default: nil");
    Reply saved = admin.post("/sync/mappings/a%2Fb/text", "revision", "1", "text", other);
    assertThat(saved.status()).as(saved.text()).isEqualTo(303);
    assertThat(admin.open("/sync/mappings/a%2Fb/revisions/2").text()).contains("nil", "none");
    Reply back = admin.post("/sync/mappings/a%2Fb/revisions/1", "current", "2");
    assertThat(back.status()).as(back.text()).isEqualTo(303);
    assertThat(config().mappings().require("a/b").tree())
        .isEqualTo(config().mappings().revisions("a/b").getLast().tree());
    assertThat(admin.open("/sync/mappings/a%2Fb/revisions/9").status()).isEqualTo(404);
  }

  @Test
  void whatCannotBeReadIsRefusedByName() throws IOException {
    refused("x.zip", bytes("no zip"), "it is no zip, or an empty one");
    refused("x.txt", bytes("text"), "x.txt: It is neither a zip nor YAML nor JSON");
    refused("x.yaml", bytes("a: b"), "it has no client_id");
    refused("x.yaml", new byte[] {(byte) 0xff, (byte) 0xfe}, "no text in UTF-8");
    refused("x.zip", zip(Map.of("../clients/a.yaml", bytes(CLIENT))), "lies outside of the zip");
    byte[] bomb = zip(Map.of("clients/a.yaml", new byte[64 << 20]));
    assertThat(bomb.length).isLessThan(1 << 20);
    refused("bomb.zip", bomb, "larger than 2 MiB, unpacked");
    refused("bomb.zip", zip(Map.of("notes.bin", new byte[64 << 20])), "larger than 2 MiB");
    assertThat(by("viewer").send(PATH + "/files", Map.of()).status()).isEqualTo(403);
  }

  private static void refused(String name, byte[] content, String message) {
    Reply reply = by("admin").send(PATH + "/files", Map.of(name, content));
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    assertThat(reply.text()).containsIgnoringCase(message).doesNotContain("Apply this plan");
  }
}
