package dev.entrepot.kit.signature;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A hash that senders sign with. Every Java platform has all three.
public enum HashAlgorithm {
  SHA256("SHA-256", "HmacSHA256"),
  SHA512("SHA-512", "HmacSHA512"),
  /// Only for senders that have nothing better.
  SHA1("SHA-1", "HmacSHA1");

  private final String digestName;
  private final String macName;

  HashAlgorithm(String digestName, String macName) {
    this.digestName = digestName;
    this.macName = macName;
  }

  /// The HMAC (RFC 2104) over all parts, one after the other.
  ///
  /// @param key not empty
  public byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(macName);
      mac.init(new SecretKeySpec(key, macName));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(macName + " cannot be used with this key", e);
    }
  }

  /// The plain digest over all parts, one after the other.
  public byte[] digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(digestName);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no " + digestName, e);
    }
  }
}
