package dev.entrepot.console.server;

import dev.entrepot.console.view.Asset;
import dev.entrepot.console.view.Assets;
import java.util.List;
import java.util.Locale;

/// Serves stylesheet, scripts and icons. What carries the present fingerprint in its address never
/// changes and may be kept for a year; anything else is asked for again each time, by its tag.
public final class StaticFiles {
  private final Assets assets;

  public StaticFiles(Assets assets) {
    this.assets = assets;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/assets/{version}/{name}", "getAsset", Access.open(), this::serve),
        Route.get(
            "/assets/{version}/{folder}/{name}", "getAssetInFolder", Access.open(), this::serve),
        Route.get("/favicon.ico", "getFavicon", Access.open(), this::favicon));
  }

  private Answer serve(Exchange exchange) {
    Asset asset =
        assets
            .find(exchange.path())
            .orElseThrow(() -> ProblemException.notFound("there is no file " + exchange.path()));
    boolean gzip =
        exchange
            .header("Accept-Encoding")
            .map(accepted -> accepted.toLowerCase(Locale.ROOT).contains("gzip"))
            .orElse(false);
    String[] folders = assets.prefix().split("/", -1);
    String tag = "\"" + folders[2] + (gzip ? "-gz\"" : "\"");
    boolean known = exchange.header("If-None-Match").map(tags -> tags.contains(tag)).orElse(false);
    Answer answer =
        known
            ? Answer.empty(304)
            : Answer.bytes(200, asset.contentType(), gzip ? asset.gzipped() : asset.plain());
    if (gzip && !known) {
      answer = answer.with("Content-Encoding", "gzip");
    }
    return answer
        .with("ETag", tag)
        .with("Vary", "Accept-Encoding")
        .with(
            "Cache-Control",
            assets.lasting(exchange.path())
                ? "public, max-age=31536000, immutable"
                : "public, no-cache");
  }

  private Answer favicon(Exchange exchange) {
    return Answer.empty(308).with("Location", assets.prefix() + "favicon.svg");
  }
}
