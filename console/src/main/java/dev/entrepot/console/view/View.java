package dev.entrepot.console.view;

/// A page or a part of one: what a template shows, and which template shows it. Each template that
/// is rendered by itself has exactly one parameter, its view.
public interface View {
  /// The template's name, for example `page/signIn.jte`.
  String template();
}
