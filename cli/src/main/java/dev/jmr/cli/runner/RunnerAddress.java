package dev.jmr.cli.runner;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a model runner listens.
///
/// @param base such as `http://localhost:12434`, without a slash at its end
/// @param origin who named it: `MODEL_RUNNER_HOST`, `context 'x'`, `localhost`
public record RunnerAddress(URI base, Tls tls, String origin) {
  /// An address as users write it, with or without scheme.
  ///
  /// @throws RunnerException if it is none
  public static RunnerAddress of(String host, Tls tls, String origin) {
    String text = host.strip();
    if (text.startsWith("tcp://")) {
      text = text.substring("tcp://".length());
    }
    boolean schemed = text.contains("://");
    String url = schemed ? text : (tls.enabled() ? "https://" : "http://") + text;
    if (tls.enabled() && url.startsWith("http://")) {
      url = "https://" + url.substring("http://".length());
    }
    while (url.endsWith("/")) {
      url = url.substring(0, url.length() - 1);
    }
    try {
      URI base = new URI(url);
      String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
      if (base.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return new RunnerAddress(base, tls, origin);
      }
    } catch (URISyntaxException _) {
      // Told below.
    }
    throw new RunnerException(
        0,
        "%s: expected an address such as http://localhost:12434, got '%s'".formatted(origin, host));
  }

  /// Whether it is this machine.
  public boolean local() {
    String host = base.getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return base + " (" + origin + ")";
  }
}
