package dev.jmr.server.http;

import dev.jmr.gguf.GgufException;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.tokenizer.TokenizerException;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOverloadedException;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.UnsupportedArtifactException;
import dev.jmr.server.manager.BackendException;
import dev.jmr.server.manager.ManagerException;
import dev.jmr.server.manager.MemoryException;
import dev.jmr.server.manager.ModelBusyException;
import dev.jmr.server.manager.ModelNotFoundException;
import dev.jmr.server.reference.ReferenceException;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelConflictException;
import dev.jmr.server.store.UnknownModelException;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What went wrong, as what is answered. Clients repeat a request on 5xx, so what would only fail again is 4xx.
public final class Failures {
  /// Code of an error that nobody expected.
  static final String INTERNAL = "internal_error";

  private static final Duration SOON = Duration.ofSeconds(5);

  /// The web server does not say which of these it is.
  private static final String UNREADABLE =
      "request: expected HTTP/1.1 with one host, one length and no content encoding, got one that cannot be read";

  private Failures() {}

  /// The answer to a failure of whatever kind.
  public static ApiException translate(Throwable failure) {
    return switch (failure) {
      case ApiException e -> e;
      case ModelNotFoundException e -> ApiException.modelNotFound(message(e));
      case ModelBusyException e -> new ApiException(409, "conflict_error", message(e));
      case BackendException e -> backend(e);
      case MemoryException e -> memory(e);
      case ManagerException e ->
          unavailable(message(e), Optional.empty(), Optional.empty(), Optional.of(SOON));
      case EngineOverloadedException e -> overloaded(e);
      case dev.jmr.runtime.RequestException e -> refused(e);
      case EngineException e -> engine(e);
      case UnknownModelException e -> ApiException.modelNotFound(message(e));
      case ModelConflictException e -> new ApiException(409, "conflict_error", message(e));
      case ReferenceException e -> ApiException.invalid("model", message(e));
      case RegistryException e -> registry(e);
      case UnsupportedArtifactException e -> unusable(e);
      case ArtifactException e -> ApiException.invalid("model", message(e));
      case GgufException e -> unusable(e);
      case ModelException e -> unusable(e);
      case TokenizerException e -> unusable(e);
      case IllegalArgumentException e when e.getMessage() != null ->
          ApiException.badRequest(message(e), Optional.empty(), "invalid_value");
      case RequestException e -> unread(e.status().code(), e.getMessage());
      case HttpException e -> unread(e.status().code(), e.getMessage());
      default -> unexpected(failure);
    };
  }

  /// A failure of what the engine was given, not of the engine, on the way in.
  public static ApiException refused(EngineException failure) {
    if (failure instanceof EngineOverloadedException overload) {
      return overloaded(overload);
    }
    return ApiException.badRequest(
        message(failure),
        Optional.empty(),
        failure instanceof ContextExceededException ? "context_length_exceeded" : "invalid_value");
  }

  private static ApiException overloaded(EngineOverloadedException failure) {
    return new ApiException(
        429,
        "rate_limit_error",
        message(failure),
        Optional.empty(),
        Optional.of("queue_full"),
        Optional.of(failure.retryAfter()));
  }

  private static ApiException registry(RegistryException failure) {
    int status =
        switch (failure.kind()) {
          case UNAUTHORIZED -> 401;
          case NOT_FOUND -> 404;
          case UNSUPPORTED -> 422;
          case UNREACHABLE -> 502;
          case INVALID -> 400;
        };
    return new ApiException(status, type(status), message(failure));
  }

  private static ApiException backend(BackendException failure) {
    return failure.known()
        ? new ApiException(412, "invalid_request_error", message(failure))
        : new ApiException(404, "not_found_error", message(failure));
  }

  private static ApiException engine(EngineException failure) {
    return new ApiException(500, "server_error", message(failure));
  }

  /// A model that is there, but cannot be run: no other attempt would change that.
  private static ApiException unusable(RuntimeException failure) {
    return new ApiException(422, "invalid_request_error", message(failure));
  }

  private static ApiException memory(MemoryException failure) {
    return unavailable(
        message(failure),
        Optional.of("model"),
        Optional.of("insufficient_memory"),
        failure.never() ? Optional.empty() : Optional.of(SOON));
  }

  private static ApiException unavailable(
      String message, Optional<String> param, Optional<String> code, Optional<Duration> again) {
    return new ApiException(503, type(503), message, param, code, again);
  }

  /// A request that does not get as far as to a route.
  static ApiException unroutable(int status) {
    String message =
        switch (status) {
          case 414 -> "request line: expected at most 8192 bytes, got more";
          case 505 -> "request line: expected HTTP/1.1, got another version";
          default -> UNREADABLE;
        };
    return new ApiException(status, type(status), message);
  }

  /// What failed on the way to a route, or where the body was to be read.
  ///
  /// @param message what the web server says, which is nothing where it cannot decode a body
  static ApiException unread(int status, @Nullable String message) {
    return new ApiException(
        status, type(status), message == null || message.equals("null") ? UNREADABLE : message);
  }

  private static ApiException unexpected(Throwable failure) {
    return new ApiException(
        500,
        "server_error",
        "internal error: " + failure,
        Optional.empty(),
        Optional.of(INTERNAL),
        Optional.empty());
  }

  /// The type of error that goes with a status.
  static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503 -> "unavailable_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
