package dev.jmr.server.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the parts of a name may be (OCI distribution specification, "Pulling manifests"; hosts as
/// in the references of containers).
final class ReferenceGrammar {
  private static final int MAX_NAME = 255;
  private static final int MAX_PORT = 65_535;
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}\\]");
  private static final Pattern HOST =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

  private ReferenceGrammar() {}

  static void check(String registry, String repository) {
    if (registry.length() + 1 + repository.length() > MAX_NAME) {
      throw new ReferenceException(
          "model name: expected at most %d characters before the tag, got %d"
              .formatted(MAX_NAME, registry.length() + 1 + repository.length()));
    }
    if (!host(registry)) {
      throw new ReferenceException(
          "model name: expected a registry as host or host:port, got '%s'".formatted(registry));
    }
    for (String component : repository.split("/", -1)) {
      if (!COMPONENT.matcher(component).matches()) {
        throw new ReferenceException(
            "model name: expected letters and digits, joined by . _ or -, between slashes, got '%s'"
                .formatted(component));
      }
    }
  }

  static void checkTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new ReferenceException(
          "model tag: expected up to 128 letters, digits, '.', '_' and '-', got '%s'"
              .formatted(tag));
    }
  }

  private static boolean host(String registry) {
    Matcher matcher = HOST.matcher(registry);
    if (!matcher.matches()) {
      return false;
    }
    String port = matcher.group(2);
    if (port != null && Integer.parseInt(port) > MAX_PORT) {
      return false;
    }
    String host = matcher.group(1);
    if (host == null || host.startsWith("[")) {
      return host != null && IPV6.matcher(host).matches();
    }
    for (String label : host.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }
}
