package dev.entrepot.app.demo;

import dev.entrepot.cli.api.Api;
import dev.entrepot.cli.api.ApiException;
import dev.entrepot.cli.api.Query;
import dev.entrepot.console.pages.Welcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The demo's vendors, categories, exchange rate and sign-ins, made through the API as anybody
/// would. What is there already stays as it is, so that it can be made again.
final class DemoWorld {

  /// The password of every demo sign-in. The demo listens to this machine alone.
  static final String PASSWORD = "books that balance";

  /// Somebody who can sign in.
  record SignIn(String email, String name, String role, @Nullable String vendor, String sees) {}

  static final String NORDIC = "NORDIC";
  static final String LUMEN = "LUMEN";
  static final String VERDE = "VERDE";
  static final String COPPER = "COPPER";

  static final List<SignIn> SIGN_INS =
      List.of(
          new SignIn("admin@demo.example", "Ada Admin", "admin", null, "everything"),
          new SignIn(
              "operator@demo.example", "Otto Operator", "operator", null, "uploads, approvals"),
          new SignIn(
              "viewer@demo.example", "Vera Viewer", "viewer", null, "everything, changes nothing"),
          new SignIn(
              "data@nordic.example", "Nora of Nordic Home", "supplier", NORDIC, "its own uploads"));

  /// The page of sign-in offers every demo account.
  static Welcome welcome() {
    return new Welcome(
        "Entrepot demo",
        SIGN_INS.stream()
            .map(who ->
                new dev.entrepot.console.view.SignIn.DemoAccount(who.role(), who.email(), PASSWORD))
            .toList());
  }

  private static final List<List<String>> CATEGORIES =
      List.of(
          List.of("kitchen", "Kitchen"),
          List.of("tableware", "Tableware"),
          List.of("textiles", "Textiles"),
          List.of("decoration", "Decoration"),
          List.of("lighting", "Lighting"),
          List.of("outdoor", "Garden and outdoors"));

  private final Api api;

  DemoWorld(Api api) {
    this.api = api;
  }

  void furnish() {
    for (List<String> category : CATEGORIES) {
      make(
          Query.of("/categories"),
          Api.object().put("code", category.get(0)).put("name", category.get(1)));
    }
    api.put(Query.of("/rates/EUR/USD"), Api.object().put("rate", new java.math.BigDecimal("1.08")));
    make(
        Query.of("/vendors"),
        vendor(NORDIC, "Nordic Home", "data@nordic.example", "USD", "reject", "automatic"));
    make(
        Query.of("/vendors"),
        vendor(LUMEN, "Lumen Leuchten", "katalog@lumen.example", "EUR", "update", "automatic")
            .put("phone_region", "DE"));
    make(
        Query.of("/vendors"),
        vendor(VERDE, "Atelier Verde", "ciao@verde.example", "USD", "update", "required"));
    make(
        Query.of("/vendors"),
        vendor(COPPER, "Copper & Oak", "feeds@copper-oak.example", "USD", "update", "automatic"));
    for (SignIn signIn : SIGN_INS) {
      make(
          Query.of("/users"),
          Api.object()
              .put("email", signIn.email())
              .put("name", signIn.name())
              .put("role", signIn.role())
              .put("vendor", signIn.vendor())
              .put("password", PASSWORD));
    }
  }

  private static ObjectNode vendor(
      String code, String name, String email, String currency, String knownKey, String approval) {
    return Api.object()
        .put("code", code)
        .put("name", name)
        .put("email", email)
        .put("currency", currency)
        .put("known_key", knownKey)
        .put("approval", approval);
  }

  private void make(Query where, ObjectNode what) {
    try {
      api.post(where, what);
    } catch (ApiException e) {
      if (e.kind() != ApiException.Kind.CONFLICT) {
        throw e;
      }
      // Made by an earlier demo on this folder.
    }
  }
}
