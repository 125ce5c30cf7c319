package dev.jmr.server.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The sha256 of some bytes, which is their name in a store and in a registry.
///
/// A digest is checked when it is made, so that it can become part of a path: 64 digits, nothing
/// else.
///
/// @param hex 64 lower-case hexadecimal digits
public record Digest(String hex) {
  private static final String PREFIX = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT = 12;

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new ArtifactException(
          "digest: expected 64 lower-case hexadecimal digits, got '%s'".formatted(hex));
    }
  }

  /// The digest that `sha256:` and 64 digits name.
  ///
  /// @throws ArtifactException if the text is anything else
  public static Digest parse(String text) {
    return tryParse(text)
        .orElseThrow(() ->
            new ArtifactException(
                "digest: expected sha256: and 64 lower-case hexadecimal digits, got '%s'"
                    .formatted(text)));
  }

  /// The digest that `sha256:` and 64 digits name; empty if the text is anything else.
  public static Optional<Digest> tryParse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String hex = text.substring(PREFIX.length());
    return HEX.matcher(hex).matches() ? Optional.of(new Digest(hex)) : Optional.empty();
  }

  /// The digest of these bytes.
  public static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /// The digest of everything that this computation was given; it begins anew.
  public static Digest of(MessageDigest computation) {
    return new Digest(HexFormat.of().formatHex(computation.digest()));
  }

  /// A new computation of sha256.
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /// The first 12 digits, as lists show them.
  public String shortHex() {
    return hex.substring(0, SHORT);
  }

  /// `sha256:` and the digits.
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
