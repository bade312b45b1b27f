package dev.entrepot.kit.signature;

import java.util.Optional;

/// How long a secret must be that signs as the text it is.
public final class SecretLength {
  /// Fewer characters are soon guessed by trying. Senders' own secrets are longer.
  public static final int LEAST = 8;

  private SecretLength() {}

  /// Why a secret is refused; empty: it is long enough.
  public static Optional<String> objection(String secret) {
    return secret.length() >= LEAST
        ? Optional.empty()
        : Optional.of(
            ("the secret has %d of at least %d characters, so that it could soon be guessed; give"
                    + " the one the sender shows, or a longer one such as openssl rand -hex 32 makes")
                .formatted(secret.length(), LEAST));
  }
}
