package dev.entrepot.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals small secrets before they are stored: AES-256-GCM under a key that is kept outside the
/// database, so that a copy of the database alone gives none of them away. Whoever can read both
/// the database and the key can open them. Safe for use by many threads.
///
/// Every node that shares a database needs the same key. When the key is lost the sealed secrets
/// are lost with it and must be made anew.
public final class SecretSeal {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String VERSION = "v1:";

  private final SecretKeySpec key;
  private final String origin;
  private final SecureRandom random = new SecureRandom();

  /// @param key 32 random bytes
  public SecretSeal(byte[] key) {
    this(key, "the present key");
  }

  private SecretSeal(byte[] key, String origin) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key has " + key.length + " bytes, not " + KEY_BYTES + "; give a 256-bit key");
    }
    this.key = new SecretKeySpec(key, "AES");
    this.origin = origin;
  }

  /// A seal whose key somebody gave.
  ///
  /// @param text 32 bytes in Base64
  /// @param origin what gave it, for messages, such as the name of a setting
  /// @throws IllegalArgumentException when it is no key; the message does not repeat it
  public static SecretSeal ofKey(String text, String origin) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          origin + " is no Base64; give 32 bytes, such as: openssl rand -base64 32", e);
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          origin
              + " has "
              + key.length
              + " bytes, not "
              + KEY_BYTES
              + "; make one: openssl rand -base64 32");
    }
    return new SecretSeal(key, "the key of " + origin);
  }

  /// A seal whose key is in a file that somebody gave, which is never made.
  ///
  /// @throws IllegalArgumentException when it cannot be read or does not hold a key
  public static SecretSeal ofGivenKeyFile(Path file) {
    try {
      return ofKey(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the key file " + file + " cannot be read (" + e + "); name the file that holds it", e);
    }
  }

  /// A seal whose key is in a file, as one line of Base64. When there is no such file it is made,
  /// with a new key, readable by its owner alone.
  ///
  /// @throws UncheckedIOException when the file can neither be read nor made
  /// @throws IllegalArgumentException when it does not hold a key
  public static SecretSeal ofKeyFile(Path file) {
    try {
      if (!Files.exists(file)) {
        makeKeyFile(file.toAbsolutePath());
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      return new SecretSeal(key, "the key in " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the key file " + file + " can neither be read nor made; check the folder's rights", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the key file "
              + file
              + " does not hold 32 bytes in Base64; restore it, or move it away to start with a"
              + " new key (sealed secrets must then be made anew)",
          e);
    }
  }

  private static void makeKeyFile(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path folder = file.getParent();
    Files.createDirectories(folder);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path draft = Files.createTempFile(folder, "key", ".tmp", ownerOnly);
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(key) + "\n");
      Files.move(draft, file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its key counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// @param owner whose secret it is; needed again to open it, so that sealed values cannot be
  ///   swapped between owners
  public String seal(String owner, String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, owner)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] both = new byte[nonce.length + sealed.length];
      System.arraycopy(nonce, 0, both, 0, nonce.length);
      System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
      return VERSION + Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available in this Java", e);
    }
  }

  /// @throws IllegalStateException when it was sealed with another key, for another owner, or was
  ///   changed since
  public String open(String owner, String sealed) {
    try {
      if (!sealed.startsWith(VERSION)) {
        throw new GeneralSecurityException("unknown form");
      }
      byte[] both = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
      if (both.length < NONCE_BYTES) {
        throw new GeneralSecurityException("too short");
      }
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, nonce, owner)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "the secret of "
              + owner
              + " cannot be opened with "
              + origin
              + "; restore the key that it was sealed with, the same on every node, or make a new"
              + " secret",
          e);
    }
  }

  /// Whether [#open] would succeed.
  public boolean opens(String owner, String sealed) {
    try {
      String _ = open(owner, sealed);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /// Tells equal secrets from different ones, and nothing else to those who do not have the key.
  ///
  /// @param owner whose secret it is; equal secrets of two owners have two digests
  public String digest(String owner, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), mac.getAlgorithm()));
      mac.update(owner.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /// Where the key is from, for people.
  public String origin() {
    return origin;
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
