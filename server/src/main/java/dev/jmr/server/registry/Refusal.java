package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jmr.server.registry.auth.Keychain;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns an answer that is an error into an exception that says who refused what, in their own
/// words, and what to do.
final class Refusal {
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_TEXT = 300;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Refusal() {}

  /// What the server says in its body, on one line; empty if it says nothing.
  static String words(Answer answer) {
    String body;
    try {
      body = new String(answer.bytes(MAX_BODY), UTF_8);
    } catch (IOException e) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    try {
      JsonNode root = MAPPER.readTree(body);
      for (JsonNode error : root.path("errors")) {
        parts.add((error.path("code").asText() + " " + error.path("message").asText()).strip());
      }
      for (String name : List.of("details", "error_description", "message", "error")) {
        if (parts.isEmpty() && root.path(name).isTextual()) {
          parts.add(root.path(name).asText());
        }
      }
    } catch (JacksonException e) {
      parts.add(body.stripLeading().startsWith("<") ? "" : body);
    }
    return clean(String.join("; ", parts));
  }

  /// A failure that may pass.
  static TransientException busy(Answer answer) {
    Optional<Duration> retryAfter = answer.header("Retry-After").flatMap(Refusal::retryAfter);
    return new TransientException(status(answer), retryAfter);
  }

  /// A failure that will not pass.
  static RegistryException of(Answer answer, Endpoint endpoint, String what, Keychain.Found sent) {
    return switch (answer.status()) {
      case 401, 403 -> unauthorized(status(answer), endpoint, what, sent);
      case 404 ->
          new RegistryException(
              RegistryException.Kind.NOT_FOUND,
              "%s: not found, %s".formatted(what, status(answer)));
      default ->
          new RegistryException(
              RegistryException.Kind.INVALID, "%s: %s".formatted(what, status(answer)));
    };
  }

  /// The registry, or its token server, does not let us.
  static RegistryException unauthorized(
      String status, Endpoint endpoint, String what, Keychain.Found sent) {
    StringBuilder message = new StringBuilder();
    message.append("%s: not allowed, %s; ".formatted(what, status));
    message.append(
        sent.source().equals("none")
            ? "it does not exist or needs a login: docker login " + endpoint.registry()
            : "the credentials of %s were not enough; log in again: docker login %s"
                .formatted(sent.source(), endpoint.registry()));
    sent.notes().forEach(note -> message.append("; ").append(note));
    return new RegistryException(RegistryException.Kind.UNAUTHORIZED, message.toString());
  }

  /// `registry.example.com answered 404 (NAME_UNKNOWN repository name not known)`.
  static String status(Answer answer) {
    String words = words(answer);
    return "%s answered %d%s"
        .formatted(
            answer.uri().getHost(), answer.status(), words.isEmpty() ? "" : " (" + words + ")");
  }

  private static Optional<Duration> retryAfter(String value) {
    try {
      return Optional.of(Duration.ofSeconds(Math.clamp(Long.parseLong(value.strip()), 0, 86_400)));
    } catch (NumberFormatException e) {
      return date(value);
    }
  }

  private static Optional<Duration> date(String value) {
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), then);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String clean(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "…" : line;
  }
}
