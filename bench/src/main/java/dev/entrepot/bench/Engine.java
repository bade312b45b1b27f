package dev.entrepot.bench;

import dev.entrepot.kit.outbound.WebhookReach;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.OnboardingModule;
import dev.entrepot.onboarding.OnboardingSettings;
import dev.entrepot.onboarding.notices.ReportLinks;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.SecretSeal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Currency;
import java.util.UUID;

/// Onboarding as the program wires it, without HTTP around it.
public final class Engine implements AutoCloseable {
  private final OnboardingModule module;

  /// @param database migrated
  public Engine(Database database, Path dataFolder) {
    module =
        new OnboardingModule(
            database,
            new NoLinks(),
            SecretSeal.ofKeyFile(dataFolder.resolve("secrets.key")),
            Clock.systemUTC(),
            new OnboardingSettings(
                dataFolder,
                "bench",
                Currency.getInstance("USD"),
                null,
                null,
                WebhookReach.PUBLIC,
                1,
                0));
  }

  public void start() throws IOException {
    module.start();
  }

  public Onboarding onboarding() {
    return module.face();
  }

  public Uploads uploads() {
    return module.face().uploads();
  }

  @Override
  public void close() {
    module.close();
  }

  private static final class NoLinks implements ReportLinks {
    @Override
    public URI errorReport(UUID upload) {
      return URI.create("http://127.0.0.1/errors/" + upload);
    }

    @Override
    public URI uploadPage(UUID upload) {
      return URI.create("http://127.0.0.1/uploads/" + upload);
    }
  }
}
