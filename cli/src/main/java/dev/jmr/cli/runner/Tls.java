package dev.jmr.cli.runner;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a runner's certificate is checked, if it is spoken to over TLS.
///
/// @param enabled whether to speak TLS at all
/// @param skipVerify whether any certificate will do
/// @param caCert a PEM file with what certificates must come from; empty for what the system trusts
public record Tls(boolean enabled, boolean skipVerify, Optional<String> caCert) {
  /// No TLS, unless the address says `https`.
  public static final Tls NONE = new Tls(false, false, Optional.empty());

  static Tls of(Map<String, String> environment) {
    return new Tls(
        flag(environment, "MODEL_RUNNER_TLS"),
        flag(environment, "MODEL_RUNNER_TLS_SKIP_VERIFY"),
        Optional.ofNullable(environment.get("MODEL_RUNNER_TLS_CA_CERT")).filter(s -> !s.isBlank()));
  }

  private static boolean flag(Map<String, String> environment, String name) {
    return switch (environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      default -> false;
    };
  }
}
