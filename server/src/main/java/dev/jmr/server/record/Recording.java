package dev.jmr.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/// A request that is being answered. For one thread; kept from its first end on if it was about a model that there is.
public final class Recording {
  private final RequestRecorder recorder;
  private final Head head;
  private final JsonNode request;
  private final Instant begun;
  private final StreamedAnswer streamed = new StreamedAnswer();
  private Optional<JsonNode> answer = Optional.empty();
  private Optional<String> error = Optional.empty();
  private Optional<Target> target = Optional.empty();
  private boolean ended;

  /// What is known of a request before its body is read.
  public record Head(
      String id, String method, String url, Optional<String> userAgent, Optional<String> origin) {}

  /// A model.
  ///
  /// @param id of its content
  private record Target(String id, String name) {}

  Recording(RequestRecorder recorder, Head head, JsonNode request, Instant begun) {
    this.recorder = recorder;
    this.head = head;
    this.request = request;
    this.begun = begun;
  }

  /// The model that the request turned out to be about.
  ///
  /// @param id of its content
  public void model(String id, String name) {
    target = Optional.of(new Target(id, name));
  }

  /// The answer.
  public void answer(JsonNode whole) {
    answer = Optional.of(whole);
  }

  /// A piece of a streamed answer, or an error in its place.
  public void event(JsonNode chunk) {
    JsonNode message = chunk.at("/error/message");
    if (message.isTextual()) {
      error = Optional.of(message.textValue());
    } else {
      streamed.add(chunk);
    }
  }

  /// The request failed.
  public void error(String message) {
    error = Optional.of(message);
  }

  /// Keeps it, if it is known what model it was about; whatever is said after the first end changes nothing.
  ///
  /// To be called before the last bytes are sent: a client that has its answer finds it among the requests.
  public void end(int statusCode) {
    if (ended) {
      return;
    }
    ended = true;
    target.ifPresent(model ->
        recorder.add(
            model.id(),
            model.name(),
            new RequestRecord(
                head.id(),
                request.path("model").asText(),
                head.method(),
                head.url(),
                ShortJson.text(request),
                answer.or(streamed::json).map(ShortJson::text),
                error,
                begun,
                statusCode,
                head.userAgent(),
                head.origin())));
  }
}
