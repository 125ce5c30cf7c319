package dev.jmr.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Keeps web pages out that nobody allowed: those of another origin, and those that pretend to be this machine by a name of
/// their own. Allowed are pages from this machine, at whatever port, and the origins that are configured; programs send no
/// origin and are not concerned.
final class OriginGuard implements Filter {
  private static final List<String> OWN = List.of("localhost", "127.0.0.1", "0.0.0.0", "[::1]");

  private final List<String> origins;
  private final boolean checkHost;
  private final String machine;

  OriginGuard(ServerOptions options) {
    this.origins = options.origins();
    this.checkHost = options.socket().isEmpty() && ServerOptions.isLoopback(options.host());
    this.machine = machine();
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String path = request.path().path();
    if (checkHost && !Hosts.isLocal(Hosts.withoutPort(request.authority()), machine)) {
      refuse(response, path, "host: expected a name of this machine, got " + request.authority());
      return;
    }
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isEmpty()) {
      chain.proceed();
      return;
    }
    response.header(HeaderNames.VARY, "Origin");
    if (!allowed(origin.get())) {
      refuse(response, path, "Origin not allowed");
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
    response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "x-request-id");
    if (Method.OPTIONS.equals(request.prologue().method())) {
      preflight(origin.get(), request, response);
    } else {
      chain.proceed();
    }
  }

  /// Credentials are for pages that are named, not for all that there are.
  private void preflight(String origin, RoutingRequest request, RoutingResponse response) {
    response.status(204);
    if (origins.contains(origin) || isOwn(origin)) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
    response.header(
        HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
        request
            .headers()
            .first(HeaderNames.ACCESS_CONTROL_REQUEST_HEADERS)
            .orElse("Authorization, Content-Type"));
    response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
    response.send();
  }

  private static void refuse(RoutingResponse response, String path, String message) {
    ErrorWriter.send(response, path, new ApiException(403, "permission_error", message));
  }

  private boolean allowed(String origin) {
    return origins.contains("*") || origins.contains(origin) || isOwn(origin);
  }

  private static boolean isOwn(String origin) {
    try {
      URI uri = new URI(origin);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      return scheme != null
          && host != null
          && (scheme.equals("http") || scheme.equals("https"))
          && OWN.contains(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
