package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.GenerationEvent;
import java.io.IOException;
import java.util.List;

/// Turns the pieces of one answer into events. For one thread.
interface ChunkReader {
  /// What a piece says; the last event of an answer is a [GenerationEvent.Finished].
  ///
  /// @throws IOException if it makes no sense
  List<GenerationEvent> read(JsonNode chunk) throws IOException;

  /// What the end of the stream says.
  List<GenerationEvent> end();

  /// Whether the answer ended before the server had said all.
  boolean early();

  /// How far the answer has come.
  AnswerProgress progress();
}
