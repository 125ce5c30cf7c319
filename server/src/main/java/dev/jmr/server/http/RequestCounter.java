package dev.jmr.server.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers by method, route and status. Only routes that there are are told apart. Thread-safe.
final class RequestCounter implements Filter {
  private final Map<Key, LongAdder> counts = new ConcurrentSkipListMap<>();

  private record Key(String route, String method, int status) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byRoute = route.compareTo(other.route);
      int byMethod = byRoute == 0 ? method.compareTo(other.method) : byRoute;
      return byMethod == 0 ? Integer.compare(status, other.status) : byMethod;
    }
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String method = request.prologue().method().text();
    response.whenSent(() ->
        counts
            .computeIfAbsent(
                new Key(
                    route(request),
                    method.length() > 7 ? "other" : method,
                    response.status().code()),
                _ -> new LongAdder())
            .increment());
    chain.proceed();
  }

  private static String route(RoutingRequest request) {
    return request.matchingPattern().map(pattern -> pattern.replace("[/]", "")).orElse("none");
  }

  void writeTo(PrometheusText text) {
    text.family("jmr:http_requests_total", "counter", "Requests that were answered");
    counts.forEach((key, count) -> {
      Map<String, String> labels = new java.util.LinkedHashMap<>();
      labels.put("route", key.route());
      labels.put("method", key.method());
      labels.put("status", Integer.toString(key.status()));
      text.sample("jmr:http_requests_total", labels, count.sum());
    });
  }
}
