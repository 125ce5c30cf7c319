package dev.jmr.server.openai;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Fields;
import dev.jmr.server.manager.Lease;
import java.util.ArrayList;
import java.util.List;

/// What chat and plain completions have in common.
///
/// @param count of answers to each prompt
/// @param stream whether events are wanted
/// @param includeUsage whether the stream ends with how many tokens there were
record TextRequest(int count, boolean stream, boolean includeUsage) {
  /// As many answers as can be asked for at once.
  static final int MAX_COUNT = 64;

  static TextRequest of(Fields fields) {
    return new TextRequest(
        fields.integer("n", 1, MAX_COUNT).orElse(1),
        fields.bool("stream", false),
        fields.object("stream_options").map(o -> o.bool("include_usage", false)).orElse(false));
  }

  /// All answers to all prompts, those of one prompt beside each other.
  List<Generation> submit(Lease lease, List<GenerationRequest> requests) {
    List<Generation> all = new ArrayList<>();
    try {
      for (GenerationRequest request : requests) {
        all.addAll(Exchange.submit(lease, () -> lease.engine().submit(request, count)));
      }
      return all;
    } catch (RuntimeException | Error e) {
      all.forEach(Generation::close);
      throw e;
    }
  }
}
