package dev.entrepot.console.link;

import dev.entrepot.onboarding.notices.ReportLinks;
import dev.entrepot.storage.Database;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Links to single things that open without signing in, for seven days: the path and the time are
/// signed (HMAC-SHA256) with a key of the installation. Safe for use by many threads.
public final class SignedLinks implements ReportLinks {
  /// How long a link is good.
  public static final Duration LASTING = Duration.ofDays(7);

  private final byte[] key;
  private final URI publicUrl;
  private final Clock clock;

  /// @param publicUrl where browsers reach the server, without a path
  public SignedLinks(Database database, URI publicUrl, Clock clock) {
    this.key = InstallationKey.named(database, "link");
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  @Override
  public URI errorReport(UUID upload) {
    return sign("/api/v1/uploads/" + upload + "/errors.csv");
  }

  @Override
  public URI uploadPage(UUID upload) {
    return publicUrl.resolve("/uploads/" + upload);
  }

  /// A link to a path of this server.
  public URI sign(String path) {
    long expires = clock.instant().plus(LASTING).getEpochSecond();
    return publicUrl.resolve(
        path + "?expires=" + expires + "&signature=" + signature(path, expires));
  }

  /// Whether a link to a path was signed here and is still good.
  ///
  /// @param expires as in the link
  /// @param signature as in the link
  public boolean valid(String path, String expires, String signature) {
    long until;
    try {
      until = Long.parseLong(expires);
    } catch (NumberFormatException e) {
      return false;
    }
    boolean right =
        MessageDigest.isEqual(
            signature(path, until).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    return right && clock.instant().getEpochSecond() < until;
  }

  private String signature(String path, long expires) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signed = mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }
}
