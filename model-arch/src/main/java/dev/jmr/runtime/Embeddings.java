package dev.jmr.runtime;

import dev.jmr.model.embedding.Pooling;
import java.util.List;

/// The answer to an [EmbeddingRequest].
///
/// @param items one for each input, in their order
/// @param pooling with which they were made
public record Embeddings(List<Embedding> items, Pooling pooling) {
  public Embeddings {
    items = List.copyOf(items);
  }

  /// Tokens of all inputs.
  public int tokenCount() {
    return items.stream().mapToInt(Embedding::tokenCount).sum();
  }
}
