package dev.jmr.server.huggingface;

import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RetryPolicy;
import dev.jmr.server.registry.WebTransport;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Sends requests to the hub: with the token, redirected by hand, and again when the hub is busy.
///
/// The token goes to the endpoint's own server only, whichever way a redirect leads.
final class HubRequests {
  private static final int MAX_REDIRECTS = 10;

  /// Something that may fail for a while.
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  private final WebTransport transport;
  private final HubOptions options;

  HubRequests(WebTransport transport, HubOptions options) {
    this.transport = transport;
    this.options = options;
  }

  /// The answer to one attempt: a success, or a status that will not pass.
  ///
  /// @throws IOException if the attempt failed in a way that may pass
  /// @throws RegistryException if we must not go where the hub sends us
  WebTransport.Response once(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    URI current = uri;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      WebTransport.Response answer = transport.get(current, headers(current, headers));
      if (answer.redirects()) {
        try (answer) {
          current = redirect(current, answer.header("Location").orElseThrow());
        }
      } else if (answer.busy() || foreignRefusal(answer)) {
        try (answer) {
          throw answer.failure();
        }
      } else {
        return answer;
      }
    }
    throw new RegistryException(
        RegistryException.Kind.INVALID,
        "%s: expected at most %d redirects".formatted(uri.getHost(), MAX_REDIRECTS));
  }

  /// A signed address that a redirect led to may have ended; the hub gives a new one.
  private boolean foreignRefusal(WebTransport.Response answer) {
    return answer.status() >= 400 && !own(answer.uri());
  }

  /// The result of the first attempt that is not a failure that may pass.
  ///
  /// @throws RegistryException if all attempts fail
  <T> T patiently(Attempt<T> attempt) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (IOException e) {
        pause(e, failures);
      }
    }
  }

  /// Waits after so many failures in a row.
  ///
  /// @throws RegistryException if there were too many
  void pause(IOException failure, int failures) throws InterruptedException {
    RetryPolicy retry = options.connection().retry();
    if (!retry.again(failure, failures)) {
      throw new RegistryException(
          RegistryException.Kind.UNREACHABLE,
          "%s: cannot be reached: %s; check the network, then try again"
              .formatted(options.endpoint().getAuthority(), failure.getMessage()),
          failure);
    }
    retry.pause(failure, failures);
  }

  /// What an answer that is an error is to the caller.
  RegistryException refusal(WebTransport.Response answer, String what) {
    return switch (answer.status()) {
      case 401, 403 ->
          new RegistryException(
              RegistryException.Kind.UNAUTHORIZED,
              "%s: not allowed, %s; %s".formatted(what, answer.description(), remedy()));
      case 404 ->
          new RegistryException(
              RegistryException.Kind.NOT_FOUND,
              "%s: not found, %s".formatted(what, answer.description()));
      default ->
          new RegistryException(
              RegistryException.Kind.INVALID, "%s: %s".formatted(what, answer.description()));
    };
  }

  private String remedy() {
    return options.token().isPresent()
        ? "the token of HF_TOKEN may not read it, or its terms are not accepted yet"
        : "it does not exist, or needs a token in HF_TOKEN";
  }

  private Map<String, String> headers(URI uri, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    if (own(uri)) {
      options.token().ifPresent(token -> all.put("Authorization", "Bearer " + token));
    }
    return all;
  }

  /// Whether an address is on the endpoint's server: scheme, host and port.
  boolean own(URI uri) {
    return server(uri).equals(server(options.endpoint()));
  }

  private static String server(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  private URI redirect(URI from, String location) throws IOException {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "redirect of %s: expected an address, got '%s'".formatted(from.getHost(), location),
          e);
    }
    if (!own(target)) {
      transport.check(options.endpoint(), target);
    }
    return target;
  }
}
