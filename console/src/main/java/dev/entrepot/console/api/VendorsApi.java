package dev.entrepot.console.api;

import dev.entrepot.console.access.Permission;
import dev.entrepot.console.server.Access;
import dev.entrepot.console.server.Answer;
import dev.entrepot.console.server.Body;
import dev.entrepot.console.server.Exchange;
import dev.entrepot.console.server.ProblemException;
import dev.entrepot.console.server.Route;
import dev.entrepot.onboarding.vendors.ApprovalPolicy;
import dev.entrepot.onboarding.vendors.KnownKeyPolicy;
import dev.entrepot.onboarding.vendors.UploadLimits;
import dev.entrepot.onboarding.vendors.Vendor;
import dev.entrepot.onboarding.vendors.VendorDraft;
import dev.entrepot.onboarding.vendors.VendorStatus;
import dev.entrepot.onboarding.vendors.Vendors;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Suppliers.
public final class VendorsApi {
  private static final Access READ = Access.needs(Permission.READ_VENDORS);
  private static final Access WRITE = Access.needs(Permission.WRITE_VENDORS);

  private record NewLimits(
      @Nullable Long fileBytes,
      @Nullable Long fileRows,
      @Nullable Integer uploadsPerDay,
      @Nullable Long rowsPerDay) {
    UploadLimits over(UploadLimits defaults) {
      return new UploadLimits(
          or(fileBytes, defaults.fileBytes()),
          or(fileRows, defaults.fileRows()),
          or(uploadsPerDay, defaults.uploadsPerDay()),
          or(rowsPerDay, defaults.rowsPerDay()));
    }
  }

  /// A vendor to be: what is left out has the defaults of [VendorDraft#of(String, String)].
  private record NewVendor(
      String code,
      String name,
      @Nullable VendorStatus status,
      @Nullable String email,
      @Nullable Currency currency,
      @Nullable KnownKeyPolicy knownKey,
      @Nullable ApprovalPolicy approval,
      @Nullable Instant launchAt,
      @Nullable BigDecimal priceMoveShare,
      @Nullable NewLimits limits,
      @Nullable String phoneRegion,
      @Nullable URI webhookUrl) {
    VendorDraft draft() {
      VendorDraft defaults = VendorDraft.of(code, name);
      return new VendorDraft(
          code,
          name,
          or(status, defaults.status()),
          email,
          or(currency, defaults.currency()),
          or(knownKey, defaults.knownKey()),
          or(approval, defaults.approval()),
          launchAt,
          priceMoveShare == null ? defaults.priceMoveShare() : priceMoveShare,
          limits == null ? defaults.limits() : limits.over(defaults.limits()),
          or(phoneRegion, defaults.phoneRegion()),
          webhookUrl);
    }
  }

  /// A vendor as it was read, changed. What cannot be changed may be there and is not looked at.
  private record ChangedVendor(
      @Nullable String code,
      String name,
      VendorStatus status,
      @Nullable String email,
      Currency currency,
      KnownKeyPolicy knownKey,
      ApprovalPolicy approval,
      @Nullable Instant launchAt,
      @Nullable BigDecimal priceMoveShare,
      UploadLimits limits,
      String phoneRegion,
      @Nullable URI webhookUrl,
      @Nullable Boolean webhookSecretSet,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt,
      @Nullable Integer version) {
    VendorDraft draft(String ofCode) {
      return new VendorDraft(
          ofCode,
          name,
          status,
          email,
          currency,
          knownKey,
          approval,
          launchAt,
          priceMoveShare,
          limits,
          phoneRegion,
          webhookUrl);
    }
  }

  private record Secret(String secret) {}

  private final Vendors vendors;

  public VendorsApi(Vendors vendors) {
    this.vendors = vendors;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(ApiPath.of("/vendors"), "listVendors", READ, this::list),
        Route.post(ApiPath.of("/vendors"), "createVendor", WRITE, this::create).replayed(),
        Route.get(ApiPath.of("/vendors/{code}"), "getVendor", READ, this::get),
        Route.put(ApiPath.of("/vendors/{code}"), "updateVendor", WRITE, this::update),
        Route.post(
                ApiPath.of("/vendors/{code}/webhook-secret"),
                "rotateWebhookSecret",
                WRITE,
                this::rotateSecret)
            .taking(Body.none()));
  }

  private Answer list(Exchange exchange) {
    String own = exchange.principal().vendor();
    if (own != null) {
      return Answer.json(Items.all(vendors.find(own).stream().toList()));
    }
    return Answer.json(
        Items.of(
            vendors.list(
                exchange.choice("status", VendorStatus.class).orElse(null),
                exchange.query().text("q").orElse(null),
                exchange.query().text("cursor").orElse(null),
                exchange.pageSize())));
  }

  private Answer create(Exchange exchange) {
    Vendor vendor =
        vendors.create(exchange.principal().actor(), exchange.json(NewVendor.class).draft());
    return Answer.created(ApiPath.of("/vendors/" + vendor.code()), vendor)
        .with("ETag", Version.tag(vendor.version()));
  }

  private Answer get(Exchange exchange) {
    return tagged(find(exchange));
  }

  private Answer update(Exchange exchange) {
    ChangedVendor vendor = exchange.json(ChangedVendor.class);
    String code = exchange.variable("code");
    if (vendor.code() != null && !vendor.code().equals(code)) {
      throw ProblemException.invalid(
          "code", "a vendor's code never changes: " + code + " cannot become " + vendor.code());
    }
    return tagged(
        vendors.update(
            exchange.principal().actor(),
            vendor.draft(code),
            Version.of(exchange, vendor.version())));
  }

  private Answer rotateSecret(Exchange exchange) {
    return Answer.json(
        new Secret(
            vendors.rotateWebhookSecret(exchange.principal().actor(), find(exchange).code())));
  }

  private Vendor find(Exchange exchange) {
    String code = exchange.variable("code");
    Tenancy.requireVendor(exchange, code);
    return vendors.find(code).orElseThrow(() -> Tenancy.noVendor(code));
  }

  private static Answer tagged(Vendor vendor) {
    return Answer.json(vendor).with("ETag", Version.tag(vendor.version()));
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
