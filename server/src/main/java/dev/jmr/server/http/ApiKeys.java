package dev.jmr.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks for an API key, as `Authorization: Bearer …` or `x-api-key`, if keys are configured; otherwise any is as good as none.
final class ApiKeys implements Filter {
  private static final HeaderName X_API_KEY = HeaderNames.create("x-api-key");
  private static final Set<String> OPEN = Set.of("/", "/health", "/health/live", "/health/ready");

  private final List<byte[]> keys;

  ApiKeys(List<String> keys) {
    this.keys = keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String path = request.path().path();
    if (keys.isEmpty() || OPEN.contains(path) || key(request).filter(this::known).isPresent()) {
      chain.proceed();
      return;
    }
    response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    ErrorWriter.send(
        response,
        path,
        new ApiException(
            401,
            "authentication_error",
            "api key: expected a configured one in 'Authorization: Bearer', got "
                + (key(request).isPresent() ? "another" : "none"),
            Optional.empty(),
            Optional.of("invalid_api_key"),
            Optional.empty()));
  }

  private static Optional<String> key(RoutingRequest request) {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip())
        .or(() -> request.headers().first(X_API_KEY));
  }

  /// Takes as long whichever it is, and however much of it is right.
  private boolean known(String key) {
    byte[] given = key.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (byte[] known : keys) {
      found |= MessageDigest.isEqual(known, given);
    }
    return found;
  }
}
