package dev.jmr.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// JSON on its way in, within limits, and out.
public final class Json {
  public static final String MEDIA_TYPE = "application/json";

  private static final int MAX_DEPTH = 128;
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// Maps, lists, texts, numbers and truth values as a document.
  public static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// In one line, UTF-8.
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A document.
  ///
  /// @throws ApiException 400 if it is none
  public static JsonNode read(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).orElseThrow(Json::empty);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /// The object in the body of a request.
  ///
  /// @param maxBytes as many as there may be
  /// @throws ApiException 413 if there are more, 400 if they are no object
  public static ObjectNode body(ServerRequest request, long maxBytes) {
    byte[] bytes = bytes(request, maxBytes);
    try {
      JsonNode node = bytes.length == 0 ? null : MAPPER.readTree(bytes);
      if (node == null) {
        throw empty();
      }
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw ApiException.badRequest(
          "body: expected a JSON object, got %s"
              .formatted(node.getNodeType().name().toLowerCase(java.util.Locale.ROOT)),
          Optional.empty(),
          "invalid_json");
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw ApiException.badRequest(
          "body: expected JSON in UTF-8, got " + e.getMessage(), Optional.empty(), "invalid_json");
    }
  }

  private static byte[] bytes(ServerRequest request, long maxBytes) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    if (request.headers().contentLength().orElse(0) > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
      if (bytes.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw ApiException.badRequest(
          "body: expected it to end as announced, got " + e.getMessage(),
          Optional.empty(),
          "invalid_body");
    } catch (IllegalArgumentException e) {
      ClientConnection.broken();
      throw ApiException.badRequest(
          "body: expected chunks of HTTP/1.1 without extensions, got something else",
          Optional.empty(),
          "invalid_body");
    }
  }

  private static ApiException tooLarge(long maxBytes) {
    return new ApiException(
        413, "request_too_large", "body: expected at most %d bytes, got more".formatted(maxBytes));
  }

  private static ApiException empty() {
    return ApiException.badRequest(
        "body: expected a JSON object, got nothing", Optional.empty(), "invalid_json");
  }

  private static ApiException malformed(JsonProcessingException e) {
    return ApiException.badRequest(
        "body: expected JSON, got something else: %s (line %d, column %d)"
            .formatted(
                e.getOriginalMessage(),
                e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
        Optional.empty(),
        "invalid_json");
  }

  /// Answers 200 with a document.
  public static void send(ServerResponse response, JsonNode node) {
    response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
    response.send(bytes(node));
  }
}
