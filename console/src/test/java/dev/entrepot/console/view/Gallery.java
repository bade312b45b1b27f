package dev.entrepot.console.view;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Renders components by themselves and puts them together to pages, with the sample frame around.
final class Gallery {
  static final Viewer OPERATOR =
      new Viewer("Ines Duarte", "ines@harbour.example", "Operator", "Harbour Trading");

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final String assets;

  Gallery(String assets) {
    this.assets = assets;
  }

  Frame frame(String title, String path, List<Crumb> crumbs, List<Flash> flashes) {
    return new Frame(
        assets, title, path, nav(), crumbs, OPERATOR, flashes, Theme.AUTO, "token-of-the-gallery");
  }

  String page(Frame frame, String... parts) {
    return tag("layout/frame.jte", "frame", frame, "content", raw(String.join("\n", parts)));
  }

  String tag(String template, @Nullable Object... pairs) {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    StringOutput output = new StringOutput();
    engine.render(template, parameters, output);
    return output.toString();
  }

  String header(String title, @Nullable String lead, String actions) {
    return header(title, lead, "", actions);
  }

  String header(String title, @Nullable String lead, String beside, String actions) {
    return tag(
        "tag/pageHeader.jte",
        "title",
        title,
        "lead",
        lead,
        "beside",
        raw(beside),
        "actions",
        actions.isEmpty() ? null : raw(actions));
  }

  String panel(String id, String title, boolean flush, String content) {
    return tag("tag/panel.jte", "id", id, "title", title, "flush", flush, "content", raw(content));
  }

  String action(Action action) {
    return tag("tag/action.jte", "action", action, "csrf", "token-of-the-gallery");
  }

  String field(Field field) {
    return tag("tag/field.jte", "field", field);
  }

  static Content raw(String html) {
    return output -> output.writeContent(html);
  }

  private static Nav nav() {
    return new Nav(
        List.of(
            new Nav.Group(
                null,
                List.of(
                    Nav.Item.of("Overview", "/overview", Icon.OVERVIEW),
                    Nav.Item.of("Uploads", "/uploads", Icon.UPLOAD),
                    Nav.Item.of("Catalogue", "/catalogue", Icon.CATALOGUE),
                    new Nav.Item("Approvals", "/approvals", Icon.APPROVALS, 214))),
            new Nav.Group(
                "Onboarding",
                List.of(
                    Nav.Item.of("Vendors", "/vendors", Icon.VENDORS),
                    Nav.Item.of("Column mappings", "/mappings", Icon.MAPPING),
                    Nav.Item.of("Rules", "/rules", Icon.RULES),
                    Nav.Item.of("Categories", "/categories", Icon.CATEGORIES))),
            new Nav.Group(
                "Operations",
                List.of(
                    Nav.Item.of("Trace", "/trace", Icon.TRACE),
                    Nav.Item.of("Audit", "/audit", Icon.AUDIT),
                    Nav.Item.of("Mail", "/mail", Icon.MAIL),
                    Nav.Item.of("Users", "/users", Icon.USERS)))));
  }
}
