package dev.jmr.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.regex.Pattern;

/// Gives every response the id of its request: the client's own if it looks like one, otherwise a new one.
final class RequestId implements Filter {
  static final HeaderName NAME = HeaderNames.create("x-request-id");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String id =
        request
            .headers()
            .first(NAME)
            .filter(given -> PLAIN.matcher(given).matches())
            .orElseGet(() -> Ids.next("req_"));
    response.header(NAME, id);
    chain.proceed();
  }
}
