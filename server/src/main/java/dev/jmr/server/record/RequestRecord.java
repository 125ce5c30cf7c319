package dev.jmr.server.record;

import java.time.Instant;
import java.util.Optional;

/// A request that was answered, or not.
///
/// @param model as the request called it
/// @param url path of the route
/// @param request its body as JSON, shortened
/// @param response the answer as one JSON document, shortened, even if it was streamed
/// @param error what it was told instead
/// @param timestamp when it came
/// @param statusCode 408 if the client left before it was told anything
public record RequestRecord(
    String id,
    String model,
    String method,
    String url,
    String request,
    Optional<String> response,
    Optional<String> error,
    Instant timestamp,
    int statusCode,
    Optional<String> userAgent,
    Optional<String> origin) {}
