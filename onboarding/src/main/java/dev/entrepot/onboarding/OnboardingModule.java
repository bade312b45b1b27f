package dev.entrepot.onboarding;

import dev.entrepot.kit.outbound.WebhookPoster;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.AuditCheck;
import dev.entrepot.ledger.DeadLetters;
import dev.entrepot.ledger.Ledger;
import dev.entrepot.ledger.TraceSource;
import dev.entrepot.onboarding.catalogue.CatalogueStore;
import dev.entrepot.onboarding.mapping.MappingStore;
import dev.entrepot.onboarding.notices.Courier;
import dev.entrepot.onboarding.notices.MailCourier;
import dev.entrepot.onboarding.notices.MailSettings;
import dev.entrepot.onboarding.notices.NoticeOutbox;
import dev.entrepot.onboarding.notices.NoticeSender;
import dev.entrepot.onboarding.notices.NoticeStore;
import dev.entrepot.onboarding.notices.ReportLinks;
import dev.entrepot.onboarding.notices.TopicCourier;
import dev.entrepot.onboarding.notices.WebhookCourier;
import dev.entrepot.onboarding.publishing.CatalogueSourceFactory;
import dev.entrepot.onboarding.rules.MappingPreview;
import dev.entrepot.onboarding.rules.RowCheckers;
import dev.entrepot.onboarding.rules.RuleStore;
import dev.entrepot.onboarding.uploads.FileStore;
import dev.entrepot.onboarding.uploads.FolderWatcher;
import dev.entrepot.onboarding.uploads.RefusedFileStore;
import dev.entrepot.onboarding.uploads.UploadAudit;
import dev.entrepot.onboarding.uploads.UploadEngine;
import dev.entrepot.onboarding.uploads.UploadTrace;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorStore;
import dev.entrepot.spi.source.RecordSourceFactory;
import dev.entrepot.storage.Database;
import dev.entrepot.storage.Leases;
import dev.entrepot.storage.SecretSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Onboarding, wired over a migrated database. Nothing runs before [#start()].
public final class OnboardingModule implements AutoCloseable {
  private static final Duration FOLDER_LOOK = Duration.ofSeconds(2);

  private final Onboarding face;
  private final UploadEngine engine;
  private final NoticeSender sender;
  private final Publisher publisher;
  private final @Nullable FolderWatcher watcher;

  /// @param links the addresses that mails and webhooks lead to
  /// @param seal of vendors' webhook secrets; the same on every node
  public OnboardingModule(
      Database database,
      ReportLinks links,
      SecretSeal seal,
      Clock clock,
      OnboardingSettings settings) {
    Ledger ledger = new Ledger(database);
    DeadLetters deadLetters = new DeadLetters(database);
    ActivityLog activities = new ActivityLog(database);
    FileStore files =
        new FileStore(
            settings.dataFolder().resolve("files"), settings.reservedBytes(), settings.node());
    VendorStore vendors =
        new VendorStore(database, activities, clock, seal, settings.reach(), settings.topics());
    CatalogueStore catalogue =
        new CatalogueStore(database, activities, clock, settings.currency().getCurrencyCode());
    RuleStore rules = new RuleStore(database, activities, UploadEngine.pastRows(database, files));
    RowCheckers checkers = new RowCheckers(catalogue, rules);
    MappingStore mappings = new MappingStore(database, activities);
    engine =
        new UploadEngine(
            new UploadEngine.Foundations(
                database,
                new Leases(database, clock),
                ledger,
                deadLetters,
                activities,
                files,
                vendors,
                catalogue,
                mappings,
                checkers,
                new NoticeOutbox(links, clock),
                clock,
                settings.node(),
                settings.filesAtOnce(),
                settings.keyBytesInMemory()));
    RefusedFileStore refused = new RefusedFileStore(database, activities, clock);
    face =
        new Onboarding(
            vendors,
            catalogue,
            mappings,
            new MappingPreview(vendor -> checkers.of(required(vendors, vendor))),
            rules,
            engine.uploads(),
            refused,
            new NoticeStore(database, clock, settings.mail() != null));
    sender = sender(database, vendors, clock, settings);
    publisher = new Publisher(catalogue);
    Path watched = settings.watchedFolder();
    watcher =
        watched == null
            ? null
            : new FolderWatcher(watched, engine.uploads(), refused, FOLDER_LOOK, clock);
  }

  private static Vendor required(VendorStore vendors, String code) {
    return vendors
        .find(code)
        .orElseThrow(() ->
            new OnboardingException(
                OnboardingException.Code.NOT_FOUND,
                "vendor",
                "there is no vendor \"" + code + "\"; check the code"));
  }

  private static NoticeSender sender(
      Database database, VendorStore vendors, Clock clock, OnboardingSettings settings) {
    MailSettings mail = settings.mail();
    return new NoticeSender(
        database,
        clock,
        mail == null ? Courier.keeping() : new MailCourier(mail),
        new TopicCourier(
            settings.topics(),
            new WebhookCourier(
                vendors::webhookSecret,
                settings.otherSecrets(),
                new WebhookPoster(settings.reach(), clock, WebhookPoster.Patience.DEFAULT))),
        NoticeSender.Pace.DEFAULT);
  }

  /// What others may use.
  public Onboarding face() {
    return face;
  }

  /// What flows may read here.
  public List<RecordSourceFactory> sources() {
    return List.of(new CatalogueSourceFactory(face.catalogue(), face.vendors()));
  }

  /// What an audit looks at here.
  public List<AuditCheck> auditChecks() {
    return UploadAudit.checks();
  }

  /// What is known here of a key.
  public List<TraceSource> traceSources() {
    return List.of(new UploadTrace());
  }

  /// Begins to read what waits, to send notices, to publish what is due, and to watch the folder.
  ///
  /// @throws IOException when the watched folder cannot be used
  public void start() throws IOException {
    engine.start();
    sender.start();
    publisher.start();
    if (watcher != null) {
      watcher.start();
    }
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
    publisher.close();
    engine.close();
    sender.close();
  }
}
