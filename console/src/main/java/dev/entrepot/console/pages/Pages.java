package dev.entrepot.console.pages;

import dev.entrepot.console.account.Accounts;
import dev.entrepot.console.apikey.ApiKeys;
import dev.entrepot.console.pages.access.KeyPages;
import dev.entrepot.console.pages.access.UserPages;
import dev.entrepot.console.pages.account.AccountPages;
import dev.entrepot.console.pages.approvals.ApprovalPages;
import dev.entrepot.console.pages.categories.CategoryPages;
import dev.entrepot.console.pages.entrance.EntrancePages;
import dev.entrepot.console.pages.entrance.ProblemScreens;
import dev.entrepot.console.pages.flows.FlowPages;
import dev.entrepot.console.pages.flows.SyncSummary;
import dev.entrepot.console.pages.health.HealthPages;
import dev.entrepot.console.pages.home.HomePages;
import dev.entrepot.console.pages.inbox.InboxPages;
import dev.entrepot.console.pages.ledger.LedgerPages;
import dev.entrepot.console.pages.mappings.MappingPages;
import dev.entrepot.console.pages.mending.MendingPages;
import dev.entrepot.console.pages.notices.NoticePages;
import dev.entrepot.console.pages.products.ProductPages;
import dev.entrepot.console.pages.rates.RatePages;
import dev.entrepot.console.pages.rules.RulePages;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.uploads.RefusedFilePages;
import dev.entrepot.console.pages.uploads.UploadPages;
import dev.entrepot.console.pages.vendors.VendorPages;
import dev.entrepot.console.server.Cookies;
import dev.entrepot.console.server.ProblemPages;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.session.Doorkeeper;
import dev.entrepot.console.session.Sessions;
import dev.entrepot.console.view.Assets;
import dev.entrepot.console.view.Templates;
import dev.entrepot.flow.Flows;
import dev.entrepot.inbox.Inbox;
import dev.entrepot.ledger.ActivityLog;
import dev.entrepot.ledger.Audit;
import dev.entrepot.ledger.Trace;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.storage.Database;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All web pages, put together.
public final class Pages {
  /// What the pages show and work on.
  public record Faces(
      Onboarding onboarding,
      Inbox inbox,
      Flows flows,
      Trace trace,
      Audit audit,
      ActivityLog activities,
      Database database) {}

  /// Who comes in, and how.
  public record Doors(
      Accounts accounts,
      ApiKeys apiKeys,
      Sessions sessions,
      Doorkeeper doorkeeper,
      Cookies cookies) {}

  /// What holds for all pages of an installation.
  ///
  /// @param publicUrl where browsers reach the pages
  /// @param version of the program
  /// @param slice so long one request decides on rows that wait, before the page goes on
  public record Site(Welcome welcome, URI publicUrl, String version, Duration slice) {}

  private final List<Route> routes;
  private final ProblemPages problemPages;

  public Pages(Faces faces, Doors doors, Site site, Assets assets, Clock clock) {
    Onboarding onboarding = faces.onboarding();
    Welcome welcome = site.welcome();
    Shell shell =
        new Shell(assets, new Templates(), onboarding, site.publicUrl(), welcome.organisation());
    List<Route> all = new ArrayList<>();
    all.addAll(
        new EntrancePages(
                shell, doors.doorkeeper(), doors.sessions(), doors.cookies(), welcome.demo())
            .routes());
    all.addAll(
        new AccountPages(shell, doors.doorkeeper(), doors.sessions(), doors.cookies()).routes());
    all.addAll(new HomePages(shell, onboarding, new SyncSummary(faces.flows()), clock).routes());
    all.addAll(new UploadPages(shell, onboarding, site.slice()).routes());
    all.addAll(new RefusedFilePages(shell, onboarding.refusedFiles()).routes());
    all.addAll(new MendingPages(shell, onboarding.uploads()).routes());
    all.addAll(new MappingPages(shell, onboarding).routes());
    all.addAll(new ApprovalPages(shell, onboarding.uploads(), site.slice()).routes());
    all.addAll(new ProductPages(shell, onboarding).routes());
    all.addAll(new VendorPages(shell, onboarding, clock).routes());
    all.addAll(new CategoryPages(shell, onboarding.catalogue()).routes());
    all.addAll(new RatePages(shell, onboarding.catalogue()).routes());
    all.addAll(new RulePages(shell, onboarding).routes());
    all.addAll(new InboxPages(shell, faces.inbox(), onboarding.notices(), clock).routes());
    all.addAll(new FlowPages(shell, faces.flows(), clock).routes());
    all.addAll(
        new LedgerPages(
                shell, faces.trace(), onboarding.uploads(), faces.audit(), faces.activities())
            .routes());
    all.addAll(new NoticePages(shell, onboarding.notices()).routes());
    all.addAll(
        new UserPages(shell, doors.accounts(), doors.sessions(), doors.doorkeeper(), clock)
            .routes());
    all.addAll(new KeyPages(shell, doors.apiKeys(), clock).routes());
    all.addAll(
        new HealthPages(shell, faces.database(), onboarding.uploads(), site.version(), clock)
            .routes());
    this.routes = List.copyOf(all);
    this.problemPages = new ProblemScreens(shell);
  }

  /// The routes of all pages.
  public List<Route> routes() {
    return routes;
  }

  /// How problems are shown to people.
  public ProblemPages problemPages() {
    return problemPages;
  }
}
