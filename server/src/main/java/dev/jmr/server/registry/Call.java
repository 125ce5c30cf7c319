package dev.jmr.server.registry;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.function.Supplier;

/// One request to a registry.
///
/// @param headers without `Authorization`
/// @param body made anew for each attempt
/// @param activity of the body
record Call(
    String method,
    URI uri,
    Map<String, String> headers,
    Access access,
    Supplier<BodyPublisher> body,
    Activity activity) {
  Call {
    headers = Map.copyOf(headers);
  }

  /// A request without a body.
  static Call of(String method, URI uri, Access access, Map<String, String> headers) {
    return new Call(method, uri, headers, access, BodyPublishers::noBody, new Activity());
  }

  /// The same request to another address.
  Call at(URI other) {
    return new Call(method, other, headers, access, body, activity);
  }
}
