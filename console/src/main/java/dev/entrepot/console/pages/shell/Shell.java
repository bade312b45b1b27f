package dev.entrepot.console.pages.shell;

import dev.entrepot.console.access.Principal;
import dev.entrepot.console.access.Role;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Caller;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.view.Assets;
import dev.entrepot.console.view.ComposedPage;
import dev.entrepot.console.view.Crumb;
import dev.entrepot.console.view.Flash;
import dev.entrepot.console.view.Frame;
import dev.entrepot.console.view.Nav;
import dev.entrepot.console.view.Templates;
import dev.entrepot.console.view.Theme;
import dev.entrepot.console.view.Tone;
import dev.entrepot.console.view.View;
import dev.entrepot.console.view.Viewer;
import dev.entrepot.onboarding.Onboarding;
import dev.entrepot.onboarding.vendors.Vendor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Puts the frame around a page and turns it into an answer. Safe for use by many threads.
public final class Shell {
  private static final String HTML = "text/html; charset=utf-8";

  private static final String PRODUCT = "Entrepot";

  private final Assets assets;
  private final Templates templates;
  private final Onboarding onboarding;
  private final Navigation navigation;
  private final Flashes flashes;
  private final String organisation;

  /// @param organisation whose hub this is, shown beside the product's name
  public Shell(
      Assets assets,
      Templates templates,
      Onboarding onboarding,
      URI publicUrl,
      String organisation) {
    this.assets = assets;
    this.templates = templates;
    this.onboarding = onboarding;
    this.navigation = new Navigation(onboarding.uploads());
    this.flashes = new Flashes("https".equals(publicUrl.getScheme()));
    this.organisation = organisation;
  }

  /// The page, as it should be.
  public Answer show(Exchange exchange, Page page) {
    return show(exchange, 200, page);
  }

  /// The page with another status, for example of a form that was refused.
  public Answer show(Exchange exchange, int status, Page page) {
    Visitor visitor = Visitor.of(exchange);
    Frame frame = frame(visitor, page.title(), page.crumbs());
    return render(visitor, status, new ComposedPage(frame, page.heading(), page.parts()));
  }

  /// A page with a template of its own.
  public Answer show(Exchange exchange, int status, View view) {
    return render(Visitor.of(exchange), status, view);
  }

  /// A page of somebody of whom not everything is known.
  public Answer show(Visitor visitor, int status, View view) {
    return render(visitor, status, view);
  }

  /// A part of a page, for a script that puts it into one.
  public Answer fragment(View view) {
    return Answer.bytes(200, HTML, templates.render(view));
  }

  /// The thing is done: look there, with a message about it.
  public Answer done(String location, String message) {
    return told(location, new Flash(Tone.GOOD, message));
  }

  /// The same after a form that a script may have sent: a script is told where to look.
  public Answer done(Exchange exchange, String location, String message) {
    return done(exchange, location, new Flash(Tone.GOOD, message));
  }

  /// The same with a message of another tone.
  public Answer done(Exchange exchange, String location, Flash flash) {
    Answer.Header header = flashes.leave(flash);
    Answer answer =
        exchange.header("HX-Request").isPresent()
            ? Answer.empty(200).with("HX-Redirect", location)
            : Answer.seeOther(location);
    return answer.with(header.name(), header.value());
  }

  /// Look there, with a message.
  public Answer told(String location, Flash flash) {
    Answer.Header header = flashes.leave(flash);
    return Answer.seeOther(location).with(header.name(), header.value());
  }

  /// The frame of a page with a template of its own.
  ///
  /// @param crumbs the way to the page, without the page itself
  public Frame frame(Exchange exchange, String title, List<Crumb> crumbs) {
    return frame(Visitor.of(exchange), title, crumbs);
  }

  /// The frame for somebody who is signed in, or for nobody.
  public Frame frame(Visitor visitor, String title, List<Crumb> crumbs) {
    Theme theme = Theme.ofCookie(visitor.cookie(Theme.COOKIE).orElse(null));
    Optional<Principal> principal = visitor.principal();
    if (principal.isEmpty()) {
      return Frame.bare(assets.prefix(), title, visitor.path(), theme, "");
    }
    List<Crumb> way = new ArrayList<>(crumbs);
    if (!way.isEmpty()) {
      way.add(Crumb.here(title));
    }
    Nav nav = navigation.of(principal.get());
    return new Frame(
        assets.prefix(),
        title,
        visitor.path(),
        nav,
        way,
        viewer(principal.get()),
        flashes.read(visitor.cookie(Flashes.COOKIE)).stream().toList(),
        theme,
        visitor.caller() instanceof Caller.Browser browser ? browser.session().csrfToken() : "");
  }

  private Answer render(Visitor visitor, int status, View view) {
    Answer answer = Answer.bytes(status, HTML, templates.render(view));
    if (visitor.cookie(Flashes.COOKIE).filter(value -> !value.isEmpty()).isEmpty()) {
      return answer;
    }
    Answer.Header clear = flashes.clear();
    return answer.with(clear.name(), clear.value());
  }

  private Viewer viewer(Principal principal) {
    String role = Words.capitalised(principal.role().name().toLowerCase(Locale.ROOT));
    String place =
        principal.role() == Role.SUPPLIER
            ? vendorName(String.valueOf(principal.vendor()))
            : organisation.equals(PRODUCT) ? "" : organisation;
    return new Viewer(principal.name(), principal.actor().id(), role, place);
  }

  private String vendorName(String code) {
    return onboarding.vendors().find(code).map(Vendor::name).orElse(code);
  }
}
