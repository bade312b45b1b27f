package dev.entrepot.console.pages.notices;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.pages.shell.Addresses;
import dev.entrepot.console.pages.shell.Page;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.pages.shell.Refusal.Attempt;
import dev.entrepot.console.pages.shell.Shell;
import dev.entrepot.console.pages.shell.Words;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.console.view.Action;
import dev.entrepot.console.view.Badge;
import dev.entrepot.console.view.Cell;
import dev.entrepot.console.view.Column;
import dev.entrepot.console.view.Empty;
import dev.entrepot.console.view.Fact;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Icon;
import dev.entrepot.console.view.Line;
import dev.entrepot.console.view.Part;
import dev.entrepot.console.view.TableView;
import dev.entrepot.console.view.Tone;
import dev.entrepot.onboarding.notices.Notices;
import dev.entrepot.onboarding.notices.Notices.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Mail and webhooks: what was sent, what was not and why, and the mail itself.
public final class NoticePages {
  private static final String PATH = "/notices";
  private static final String TABLE = "notices";

  /// A mail is a page of its own inside ours: it runs nothing, loads nothing, leads nowhere by
  /// itself, and belongs to no origin.
  private static final String MAIL_POLICY =
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;"
          + " style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

  private final Shell shell;
  private final Notices notices;

  public NoticePages(Shell shell, Notices notices) {
    this.shell = shell;
    this.notices = notices;
  }

  public List<Route> routes() {
    Access read = Access.needs(Permission.READ_NOTICES);
    Access write = Access.needs(Permission.WRITE_NOTICES);
    return List.of(
        Route.get(PATH, "pages.notices", read, this::list),
        Route.get(PATH + "/{id}", "pages.notice", read, this::show),
        Route.get(PATH + "/{id}/html", "pages.notice.html", read, this::html),
        Route.post(PATH + "/{id}/retry", "pages.notice.retry", write, this::retry)
            .taking(Body.form()));
  }

  private Answer list(Exchange exchange) {
    Form query = exchange.query();
    UUID upload = query.text("upload").map(NoticePages::uuid).orElse(null);
    dev.entrepot.model.Page<Notice> found =
        notices.list(
            query.text("vendor").orElse(null),
            upload,
            Addresses.cursor(exchange),
            exchange.pageSize());
    TableView table =
        TableView.of(
                TABLE,
                "Mail and webhooks, newest first",
                List.of(
                    Column.title("Notice"),
                    Column.text("Way"),
                    Column.text("To"),
                    Column.text("State"),
                    Column.number("Attempts"),
                    Column.text("Made")),
                found.items().stream().map(NoticePages::row).toList(),
                Empty.of(
                    Icon.MAIL,
                    "Nothing was sent",
                    "A vendor with a mail address or a webhook is told of every finished upload."))
            .paged(Addresses.paging(exchange, found.items().size(), "notice", found.next()));
    return shell.show(
        exchange,
        Page.of("Mail & webhooks")
            .lead("What vendors were told, or are about to be.")
            .with(filters(query, upload), new Part.Table(table)));
  }

  private static Part filters(Form query, @Nullable UUID upload) {
    Part.Filters filters =
        new Part.Filters(
            PATH,
            TABLE,
            List.of(
                Field.of(Field.Kind.SEARCH, "vendor", "Vendor")
                    .placeholder("Code")
                    .value(query.text("vendor").orElse(""))));
    return upload == null ? filters : filters.kept("upload", upload.toString());
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("upload", "“" + text + "” is not the id of an upload");
    }
  }

  private static TableView.Row row(Notice notice) {
    return TableView.Row.of(
        notice.id().toString(),
        Cell.link(notice.subject(), PATH + "/" + notice.id()),
        Cell.text(Words.capitalised(notice.channel())),
        Cell.text(notice.recipient()),
        new Cell.State(badge(notice)),
        Cell.count(notice.attempts()),
        Cell.ago(notice.createdAt()));
  }

  /// What became of a notice so far.
  public static Badge badge(Notice notice) {
    return switch (notice.state()) {
      case "sent" -> Badge.of(Tone.GOOD, "Sent");
      case "failed" -> Badge.of(Tone.BAD, "Failed");
      case "kept" -> Badge.of(Tone.INFO, "Kept here");
      default ->
          notice.attempts() == 0
              ? Badge.of(Tone.WAIT, "Queued")
              : Badge.of(Tone.WARN, "Trying again");
    };
  }

  private Notice require(Exchange exchange) {
    UUID id = exchange.uuid("id");
    return notices
        .find(id)
        .orElseThrow(() ->
            ProblemException.notFound(
                "there is no notice " + id + "; look at the list of notices"));
  }

  private Answer show(Exchange exchange) {
    Notice notice = require(exchange);
    Page page = Page.of(notice.subject()).badge(badge(notice)).under("Mail & webhooks", PATH);
    boolean again = notices.retriable(notice);
    if (again && exchange.principal().may(Permission.WRITE_NOTICES)) {
      page =
          page.action(
              Action.post("Try again", PATH + "/" + notice.id() + "/retry").icon(Icon.RETRY));
    }
    List<Part> parts = new ArrayList<>();
    if (notice.lastError() != null) {
      parts.add(
          new Part.Message(
              notice.state().equals("failed") ? Tone.BAD : Tone.WARN, notice.lastError(), null));
    }
    if (notice.state().equals("kept")) {
      parts.add(
          new Part.Message(
              Tone.INFO,
              "No mail server is set, so this mail is only kept to be looked at.",
              null));
    }
    parts.add(Part.panel("facts", "Notice", new Part.Facts(facts(notice))));
    if (notice.html() != null) {
      parts.add(
          Part.panel(
              "mail",
              "The mail",
              new Part.Sealed(
                  "The mail as its reader sees it", PATH + "/" + notice.id() + "/html")));
    }
    parts.add(
        Part.panel(
            "text",
            notice.html() == null ? "What was posted" : "The mail as plain text",
            new Part.Lines("Text", Line.of(notice.body()))));
    return shell.show(exchange, page.with(parts));
  }

  private static List<Fact> facts(Notice notice) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("To", Cell.text(notice.recipient())));
    facts.add(new Fact("Event", Cell.code(notice.event())));
    if (notice.vendor() != null) {
      facts.add(new Fact("Vendor", Cell.link(notice.vendor(), "/vendors/" + notice.vendor())));
    }
    if (notice.upload() != null) {
      facts.add(new Fact("Upload", Cell.link("Its verdict", "/uploads/" + notice.upload())));
    }
    facts.add(new Fact("Attempts", Cell.count(notice.attempts())));
    facts.add(new Fact("Made", Cell.time(notice.createdAt())));
    facts.add(new Fact("Sent", Cell.time(notice.sentAt())));
    return facts;
  }

  private Answer html(Exchange exchange) {
    Notice notice = require(exchange);
    String html = notice.html();
    if (html == null) {
      throw ProblemException.notFound("notice " + notice.id() + " has no HTML");
    }
    return Answer.bytes(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
        .with("Content-Security-Policy", MAIL_POLICY)
        .with("X-Frame-Options", "SAMEORIGIN");
  }

  private Answer retry(Exchange exchange) {
    Notice notice = require(exchange);
    String page = PATH + "/" + notice.id();
    Attempt<Boolean> attempt =
        Refusal.attempt(() -> {
          notices.retry(notice.id());
          return true;
        });
    return switch (attempt) {
      case Attempt.Done<Boolean> _ -> shell.done(page, "It is tried again now.");
      case Attempt.Refused<Boolean>(Refusal refusal) ->
          shell.told(page, new Flash(Tone.BAD, refusal.message()));
    };
  }
}
