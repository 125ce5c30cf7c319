package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the chunks of `/completion`.
final class TextChunkReader implements ChunkReader {
  private final AnswerProgress progress;
  private final boolean includeStop;

  TextChunkReader(GenerationRequest request) {
    this.progress = new AnswerProgress(request.topLogprobs());
    this.includeStop = request.stop().includeString();
  }

  @Override
  public List<GenerationEvent> read(JsonNode chunk) throws IOException {
    List<GenerationEvent> events = new ArrayList<>();
    progress.read(chunk, events);
    if (chunk.path("completion_probabilities").isArray()) {
      progress.logprobs(chunk.path("completion_probabilities"));
    }
    progress.text(chunk.path("content").asText(""), events);
    if (chunk.path("stop").asBoolean()) {
      finish(chunk, events);
    }
    return events;
  }

  private void finish(JsonNode last, List<GenerationEvent> events) {
    progress.usage(last.path("tokens_evaluated").asInt(), last.path("tokens_predicted").asInt());
    String type = last.path("stop_type").asText();
    Optional<String> stop =
        Optional.of(last.path("stopping_word").asText("")).filter(word -> type.equals("word"));
    if (includeStop) {
      stop.ifPresent(word -> progress.text(word, events));
    }
    progress.finish(type.equals("limit") ? Reason.LENGTH : Reason.STOP, stop, events);
  }

  @Override
  public List<GenerationEvent> end() {
    return List.of();
  }

  @Override
  public boolean early() {
    return false;
  }

  @Override
  public AnswerProgress progress() {
    return progress;
  }
}
