package dev.entrepot.console.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The stylesheet, scripts and icons of the console, held in memory.
///
/// Addresses are `/assets/FINGERPRINT/NAME`. The fingerprint is made of all contents, so a browser
/// may keep what it loaded for ever. The one stylesheet `entrepot.css` is its parts in `css/`, one
/// after the other. Safe for use by many threads.
public final class Assets {
  private static final String ROOT = "/assets/";
  private static final int FINGERPRINT_LENGTH = 12;
  private static final List<String> STYLES =
      List.of(
          "tokens",
          "base",
          "navigation",
          "frame",
          "controls",
          "parts",
          "messages",
          "forms",
          "mapping",
          "foot",
          "doors",
          "tables",
          "books",
          "upload",
          "grid",
          "stories",
          "print");
  private static final List<String> SCRIPTS =
      List.of(
          "app",
          "charts",
          "copy",
          "dialog",
          "drop",
          "format",
          "forms",
          "grid",
          "gridCheck",
          "gridKeys",
          "gridStore",
          "live",
          "marks",
          "page",
          "renewal",
          "tabs",
          "theme",
          "times",
          "toast");

  private final Map<String, Asset> assets;
  private final String fingerprint;

  private Assets(Map<String, Asset> assets) {
    this.assets = Map.copyOf(assets);
    this.fingerprint = fingerprint(assets);
  }

  /// Reads everything from the class path.
  ///
  /// @throws IllegalStateException when a file is missing from the program
  public static Assets load() {
    Map<String, Asset> assets = new TreeMap<>();
    assets.put("entrepot.css", new Asset("text/css; charset=utf-8", stylesheet()));
    for (String script : SCRIPTS) {
      String name = "js/" + script + ".js";
      assets.put(name, script(own(name)));
    }
    assets.put("favicon.svg", new Asset("image/svg+xml", own("favicon.svg")));
    assets.put("vendor/htmx.min.js", script(webjar("htmx.org", "dist/htmx.min.js")));
    assets.put("vendor/chart.umd.min.js", script(webjar("chart.js", "dist/chart.umd.min.js")));
    return new Assets(assets);
  }

  /// What stands before a name in an address: `/assets/FINGERPRINT/`.
  public String prefix() {
    return ROOT + fingerprint + "/";
  }

  /// The asset at a path, of this version or another: an older page still finds its files.
  ///
  /// @param path the whole path, for example `/assets/0f3a…/entrepot.css`
  public Optional<Asset> find(String path) {
    if (!path.startsWith(ROOT)) {
      return Optional.empty();
    }
    int end = path.indexOf('/', ROOT.length());
    return end < 0 ? Optional.empty() : Optional.ofNullable(assets.get(path.substring(end + 1)));
  }

  /// Whether what lies at a path never changes, so that a browser may keep it.
  public boolean lasting(String path) {
    return path.startsWith(prefix());
  }

  /// The assets by name.
  public Map<String, Asset> all() {
    return assets;
  }

  private static Asset script(byte[] bytes) {
    return new Asset("text/javascript; charset=utf-8", bytes);
  }

  private static byte[] stylesheet() {
    ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    for (String style : STYLES) {
      sheet.writeBytes(own("css/" + style + ".css"));
    }
    return sheet.toByteArray();
  }

  private static byte[] own(String name) {
    return read("/dev/entrepot/console/assets/" + name);
  }

  private static byte[] webjar(String artifact, String file) {
    Properties properties = new Properties();
    String coordinates = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
    try (InputStream stream = Assets.class.getResourceAsStream(coordinates)) {
      if (stream == null) {
        throw new IllegalStateException(
            "the webjar %s is not on the class path: add org.webjars.npm:%s"
                .formatted(artifact, artifact));
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(coordinates + " cannot be read", e);
    }
    return read(
        "/META-INF/resources/webjars/%s/%s/%s"
            .formatted(artifact, properties.getProperty("version"), file));
  }

  private static byte[] read(String resource) {
    try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            resource + " is not on the class path: the program was packed without it");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static String fingerprint(Map<String, Asset> assets) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      assets.values().forEach(asset -> digest.update(asset.plain()));
      return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
