package dev.entrepot.console.view;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/// Turns views into HTML. The templates are classes compiled with the program; everything they are
/// given is escaped for the place it stands in. Safe for use by many threads.
public final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /// The HTML of a view in UTF-8.
  ///
  /// @throws gg.jte.TemplateException when the view's template does not exist or fails
  public byte[] render(View view) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(view.template(), view, output);
    return output.toByteArray();
  }
}
