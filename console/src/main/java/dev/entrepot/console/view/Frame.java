package dev.entrepot.console.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What surrounds every page.
///
/// @param assets prefix of the addresses of stylesheet and scripts: [Assets#prefix()]
/// @param title the page's title, without the product's name
/// @param path the page's own path, by which the navigation finds the current entry
/// @param viewer who is signed in, or null when nobody is (the frame then has no navigation)
/// @param csrf the token that every form and script sends back
public record Frame(
    String assets,
    String title,
    String path,
    Nav nav,
    List<Crumb> crumbs,
    @Nullable Viewer viewer,
    List<Flash> flashes,
    Theme theme,
    String csrf) {
  public Frame {
    crumbs = List.copyOf(crumbs);
    flashes = List.copyOf(flashes);
  }

  /// The frame of a page that is shown without anybody signed in.
  public static Frame bare(String assets, String title, String path, Theme theme, String csrf) {
    return new Frame(
        assets, title, path, new Nav(List.of()), List.of(), null, List.of(), theme, csrf);
  }

  /// The address of an asset, for example `entrepot.css`.
  public String asset(String name) {
    return assets + name;
  }
}
