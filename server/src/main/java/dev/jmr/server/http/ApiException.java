package dev.jmr.server.http;

import java.time.Duration;
import java.util.Optional;

/// A request that is answered with an error, in the terms of OpenAI's API.
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient Optional<String> param;
  private final transient Optional<String> code;
  private final transient Optional<Duration> retryAfter;

  /// @param param the field of the request that is wrong
  /// @param code what programs can tell it by
  /// @param retryAfter when the same request may succeed
  public ApiException(
      int status,
      String type,
      String message,
      Optional<String> param,
      Optional<String> code,
      Optional<Duration> retryAfter) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /// Without field, code and time.
  public ApiException(int status, String type, String message) {
    this(status, type, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// 400: a field has a value that it cannot have.
  public static ApiException invalid(String param, String message) {
    return badRequest(message, Optional.of(param), "invalid_value");
  }

  /// 400: a field asks for something that there is not here.
  public static ApiException unsupported(String param, String message) {
    return badRequest(message, Optional.of(param), "unsupported_parameter");
  }

  /// 400.
  public static ApiException badRequest(String message, Optional<String> param, String code) {
    return new ApiException(
        400, "invalid_request_error", message, param, Optional.of(code), Optional.empty());
  }

  /// 404: there is no such model.
  public static ApiException modelNotFound(String message) {
    return new ApiException(
        404,
        "not_found_error",
        message,
        Optional.of("model"),
        Optional.of("model_not_found"),
        Optional.empty());
  }

  /// 404: there is no such route.
  public static ApiException noRoute(String method, String path) {
    return new ApiException(
        404,
        "not_found_error",
        "route: expected one that there is, got %s %s".formatted(method, path));
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  public Optional<String> param() {
    return param;
  }

  public Optional<String> code() {
    return code;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
