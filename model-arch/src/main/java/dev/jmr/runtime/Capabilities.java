package dev.jmr.runtime;

import dev.jmr.model.embedding.Pooling;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a loaded model can be asked for.
///
/// @param tasks at least one, unless the model is good for nothing
/// @param embeddingLength floats in an embedding
/// @param pooling what [EmbeddingRequest]s use that do not choose: of a model that is no embedding model,
///     [Pooling#NONE]
public record Capabilities(Set<Task> tasks, int embeddingLength, Pooling pooling) {
  /// Kinds of work.
  public enum Task {
    /// [Engine#submit].
    GENERATE,
    /// [Engine#embed], without a pooling of the caller's own.
    EMBED,
    /// [Engine#rerank].
    RERANK
  }

  public Capabilities {
    tasks = Set.copyOf(tasks);
  }

  public boolean can(Task task) {
    return tasks.contains(task);
  }

  /// Like `generate, embed (1024 numbers, pooling last)`.
  @Override
  public String toString() {
    String names =
        tasks.stream()
            .sorted()
            .map(task -> task.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return can(Task.EMBED)
        ? "%s (%d numbers, pooling %s)".formatted(names, embeddingLength, pooling)
        : names;
  }
}
