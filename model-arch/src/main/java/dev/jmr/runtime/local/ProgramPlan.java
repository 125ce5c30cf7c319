package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;

/// What is compiled of a graph: with how many pages, and for how large a batch.
///
/// The options of the factories are resolved: neither context length nor prompt chunk is 0.
record ProgramPlan(Graph graph, KvLayout kv, BatchLimits batches) {
  /// Texts that are embedded in one pass at most.
  static final int MAX_TEXTS = 64;

  private static final int MAX_SEQUENCES = 1 << 10;
  private static final int MIB = 1 << 20;

  /// To generate: as many pages as all sequences together can ever need, unless the options bound them.
  ///
  /// @throws EngineException if these are too many
  static ProgramPlan ofGeneration(Graph graph, EngineOptions options) {
    int sequences = options.maxSequences();
    if (sequences > MAX_SEQUENCES) {
      throw new EngineException(
          "sequences: expected at most %d, got %d".formatted(MAX_SEQUENCES, sequences));
    }
    int context = KvLayout.pagesFor(options.contextLength());
    long pages =
        options.cacheTokens() == 0
            ? (long) context * sequences
            : Math.max(context, KvLayout.pagesFor(options.cacheTokens()));
    if (pages > Integer.MAX_VALUE) {
      throw new EngineException(
          "key-value cache: expected at most %d pages, got %d sequences of %d tokens; use a smaller --ctx"
              .formatted(Integer.MAX_VALUE, sequences, options.contextLength()));
    }
    int chunk = Math.min(options.promptChunk(), options.contextLength());
    return new ProgramPlan(
        graph,
        new KvLayout(options.kvType(), (int) pages),
        new BatchLimits(chunk + sequences, sequences));
  }

  /// To put out a row for any token: pages for one text that was begun in an earlier batch, and for a batch of others.
  static ProgramPlan ofEmbedding(Graph graph, EngineOptions options) {
    int tokens = batchTokens(graph, options);
    return new ProgramPlan(graph, textPages(tokens, options), new BatchLimits(tokens, tokens));
  }

  /// To put out one row per text; otherwise like [#ofEmbedding].
  static ProgramPlan ofRanking(Graph graph, EngineOptions options) {
    int tokens = batchTokens(graph, options);
    return new ProgramPlan(
        graph, textPages(tokens, options), new BatchLimits(tokens, Math.min(tokens, MAX_TEXTS)));
  }

  private static KvLayout textPages(int tokens, EngineOptions options) {
    int pages = KvLayout.pagesFor(options.contextLength()) + KvLayout.pagesFor(tokens) + MAX_TEXTS;
    return new KvLayout(options.kvType(), pages);
  }

  private static int batchTokens(Graph graph, EngineOptions options) {
    return wholeTexts(graph)
        ? Math.max(options.promptChunk(), options.contextLength())
        : options.promptChunk();
  }

  /// Whether a token sees later ones, so that a text must be run in one batch.
  static boolean wholeTexts(Graph graph) {
    return graph.attentions().stream()
        .anyMatch(attention -> attention.spec().mask().lastVisible(0, 1) > 0);
  }

  MemoryEstimate estimate(Backend backend) {
    return backend.estimate(graph, kv, batches);
  }

  /// Which backend it would run on, and which part of it where.
  String placement(Backend backend) {
    return backend.placement(graph, kv, batches);
  }

  /// @throws EngineException if there is not enough memory, or the backend cannot compute it
  Executable compile(Backend backend) {
    try {
      return backend.compile(graph, kv, batches);
    } catch (OutOfMemoryError e) {
      MemoryEstimate memory = estimate(backend);
      throw new EngineException(
          "memory: expected %d MiB for the key-value cache and %d MiB to work in, got less; use a smaller --ctx"
              .formatted(memory.kvBytes() / MIB, memory.workspaceBytes() / MIB),
          e);
    } catch (TensorException e) {
      throw new EngineException(String.valueOf(e.getMessage()), e);
    }
  }
}
