package dev.entrepot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the documents say to type to be a sender by hand, typed.
class HandSignedEventsTest extends InboxCommands {
  private static final Path DOCUMENT = Path.of("../docs/inbox.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String PLAIN = "a-secret-of-some-length-0123456789";
  private static final String ENCODED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void eachRecipeSendsAnEventThatIsTaken() throws IOException, InterruptedException {
    for (String tool : List.of("openssl version", "curl --version")) {
      assumeThat(shell("", tool)).as("NOT CHECKED: needs " + tool).doesNotContain("not found");
    }
    added(ENCODED, "payments", "stripe");
    added(PLAIN, "subscriptions", "recharge", "store=shop.example");
    added(ENCODED, "billing", "standard-webhooks");
    added(
        PLAIN,
        "erp",
        "hmac",
        "signature-header=X-Hub-Signature-256",
        "prefix=sha256=",
        "topic=/type",
        "key=/id");
    List<String> recipes = recipes();
    assertThat(recipes).hasSize(4);
    for (String recipe : recipes) {
      boolean encoded = recipe.contains("/payments") || recipe.contains("/billing");
      assertThat(shell(encoded ? ENCODED : PLAIN, recipe))
          .contains("HTTP/1.1 200", "\"duplicate\":false");
      assertThat(shell(encoded ? ENCODED.replace('M', 'N') : "another", recipe))
          .contains("HTTP/1.1 401");
    }
  }

  private static void added(String secret, String name, String kind, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("connection", "add", name, "--kind", kind, "--tenant", "acme"));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    CommandRun run = with(secret, arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static List<String> recipes() throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf("### Being another sender");
    Matcher block = BLOCK.matcher(document.substring(start, document.indexOf("\n## ", start)));
    String address = program.address().toString().replaceAll("/$", "");
    return block
        .results()
        .map(found -> found.group(1).replace("http://127.0.0.1:8080", address))
        .toList();
  }

  private static String shell(String secret, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    builder.environment().put("secret", secret);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int _ = process.waitFor();
    return said;
  }
}
