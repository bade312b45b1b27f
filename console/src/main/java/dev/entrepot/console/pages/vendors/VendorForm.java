package dev.entrepot.console.pages.vendors;

import dev.entrepot.console.pages.shell.Read;
import dev.entrepot.console.pages.shell.Refusal;
import dev.entrepot.console.server.Form;
import dev.entrepot.console.view.Field;
import dev.entrepot.console.view.FormView;
import dev.entrepot.console.view.Option;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form in which a vendor is edited.
final class VendorForm {
  private static final List<Option> STATUSES =
      List.of(
          new Option("ACTIVE", "Active: may upload"),
          new Option("PENDING_APPROVAL", "Not yet approved"),
          new Option("SUSPENDED", "Suspended"),
          new Option("INACTIVE", "Inactive"));

  private VendorForm() {}

  /// The form of a vendor there is, or of a new one.
  static FormView of(String action, boolean created) {
    FormView form = FormView.of("vendor", action, created ? "Create vendor" : "Save");
    return rules(limits(identity(form, created))).cancel(created ? "/vendors" : action);
  }

  private static FormView identity(FormView form, boolean created) {
    Field name = Field.text("name", "Name").mandatory().placeholder("Aurora Ceramics");
    Field email =
        Field.of(Field.Kind.EMAIL, "email", "Mail for reports")
            .help("The outcome of every upload is mailed here.");
    Field status = Field.select("status", "Status", STATUSES).mandatory();
    Field currency =
        Field.text("currency", "Currency of its prices").mandatory().placeholder("EUR");
    return created
        ? form.group(
            "Who it is",
            null,
            Field.text("code", "Code")
                .mandatory()
                .placeholder("VEND001")
                .help("Capital letters, digits, _ and -. It never changes."),
            name,
            status,
            email,
            currency)
        : form.group("Who it is", null, name, status, email, currency);
  }

  private static FormView rules(FormView form) {
    return form.group(
            "What becomes of its rows",
            null,
            Field.select(
                    "knownKey",
                    "Known key",
                    List.of(
                        new Option("REJECT", "is a duplicate and rejected"),
                        new Option("UPDATE", "is updated")))
                .mandatory()
                .help("A product ID or SKU that the catalogue has already."),
            Field.select(
                    "approval",
                    "Accepted rows",
                    List.of(
                        new Option("AUTOMATIC", "go straight to the catalogue"),
                        new Option("REQUIRED", "wait for an operator's approval")))
                .mandatory(),
            Field.of(Field.Kind.TIME, "launchAt", "Launch date, in UTC")
                .help("New products are published then. Empty: at once."),
            Field.text("priceMoveShare", "Warn when a price moves by more than")
                .placeholder("0.5")
                .help("As a share: 0.5 is 50 %. Empty: never."),
            Field.text("phoneRegion", "Region of phone numbers")
                .mandatory()
                .help("Two letters, for numbers without a country code."))
        .group(
            "Webhook",
            "Every finished upload is posted there, signed as Standard Webhooks has it; or published to a topic of Amazon SNS, named by its ARN.",
            Field.of(Field.Kind.URL, "webhookUrl", "Webhook address or topic")
                .placeholder("https://example.com/hooks"));
  }

  private static FormView limits(FormView form) {
    return form.group(
        "How much it may send",
        "An operator's own uploads know none of these limits.",
        Field.of(Field.Kind.NUMBER, "fileBytes", "Bytes of a file")
            .mandatory()
            .help("10000000 is 10 MB."),
        Field.of(Field.Kind.NUMBER, "fileRows", "Rows of a file").mandatory(),
        Field.of(Field.Kind.NUMBER, "uploadsPerDay", "Uploads in 24 hours").mandatory(),
        Field.of(Field.Kind.NUMBER, "rowsPerDay", "Rows in 24 hours").mandatory());
  }

  /// What stands in the form of a vendor.
  static Map<String, String> values(VendorDraft draft) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("code", draft.code());
    values.put("name", draft.name());
    values.put("status", draft.status().name());
    values.put("email", draft.email() == null ? "" : draft.email());
    values.put("currency", draft.currency().getCurrencyCode());
    values.put("knownKey", draft.knownKey().name());
    values.put("approval", draft.approval().name());
    values.put("launchAt", Read.local(draft.launchAt()));
    BigDecimal share = draft.priceMoveShare();
    values.put("priceMoveShare", share == null ? "" : share.toPlainString());
    values.put("fileBytes", Long.toString(draft.limits().fileBytes()));
    values.put("fileRows", Long.toString(draft.limits().fileRows()));
    values.put("uploadsPerDay", Integer.toString(draft.limits().uploadsPerDay()));
    values.put("rowsPerDay", Long.toString(draft.limits().rowsPerDay()));
    values.put("phoneRegion", draft.phoneRegion());
    values.put("webhookUrl", draft.webhookUrl() == null ? "" : draft.webhookUrl().toString());
    return values;
  }

  /// What was typed.
  ///
  /// @throws dev.entrepot.onboarding.OnboardingException INVALID for the first field that cannot be
  ///   read
  static VendorDraft read(Form form, String code) {
    return new VendorDraft(
        code,
        Read.text(form, "name"),
        Read.choice(form, "status", VendorStatus.class),
        Read.optional(form, "email"),
        currency(form),
        Read.choice(form, "knownKey", KnownKeyPolicy.class),
        Read.choice(form, "approval", ApprovalPolicy.class),
        Read.moment(form, "launchAt"),
        Read.decimal(form, "priceMoveShare"),
        new UploadLimits(
            limit(form, "fileBytes"),
            limit(form, "fileRows"),
            Math.toIntExact(Math.min(Integer.MAX_VALUE, limit(form, "uploadsPerDay"))),
            limit(form, "rowsPerDay")),
        Read.text(form, "phoneRegion").toUpperCase(Locale.ROOT),
        webhookUrl(form));
  }

  private static long limit(Form form, String name) {
    long limit = Read.whole(form, name);
    if (limit < 1) {
      throw Refusal.invalid(
          name, "a limit is at least 1; to keep a vendor from uploading, suspend it");
    }
    return limit;
  }

  private static Currency currency(Form form) {
    String code = Read.text(form, "currency").toUpperCase(Locale.ROOT);
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(
          "currency", "“" + code + "” is not a currency; write its ISO code, such as EUR");
    }
  }

  private static @Nullable URI webhookUrl(Form form) {
    String text = Read.optional(form, "webhookUrl");
    try {
      return text == null ? null : new URI(text);
    } catch (URISyntaxException e) {
      throw Refusal.invalid(
          "webhookUrl",
          "“" + text + "” is not an address; write one like https://example.com/hooks");
    }
  }
}
