package dev.entrepot.onboarding.mapping;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/// HTML to plain text: blocks and line breaks become lines, list items get a hyphen, scripts and
/// styles are left out.
final class HtmlText {
  private HtmlText() {}

  static String plain(String html) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return html;
    }
    var lines = new Lines();
    NodeTraversor.traverse(lines, Jsoup.parseBodyFragment(html).body());
    return lines.text();
  }

  private static final class Lines implements NodeVisitor {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void head(Node node, int depth) {
      switch (node) {
        case TextNode words -> append(words.text());
        case Element element when element.nameIs("br") -> breakLine();
        case Element element when element.nameIs("li") -> {
          breakLine();
          text.append("- ");
        }
        case Element element when element.isBlock() -> breakLine();
        default -> {}
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element && element.isBlock()) {
        breakLine();
      }
    }

    private void append(String words) {
      boolean spaced = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
      text.append(spaced ? words.stripLeading() : words);
    }

    private void breakLine() {
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == ' ') {
        end--;
      }
      text.setLength(end);
      if (end > 0 && text.charAt(end - 1) != '\n') {
        text.append('\n');
      }
    }

    String text() {
      return Blanks.trim(text.toString());
    }
  }
}
