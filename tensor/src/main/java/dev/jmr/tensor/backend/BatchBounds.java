package dev.jmr.tensor.backend;

import dev.jmr.tensor.graph.Graph;

/// What the entries of a batch must stay below, for one executable.
///
/// @param tokens most tokens of a batch
/// @param outputs most output rows of a batch
/// @param vocabularySize token ids
/// @param positionCount positions of a sequence
/// @param pageCount pages of the cache
/// @param givenWidth floats that come with each token
public record BatchBounds(
    int tokens, int outputs, int vocabularySize, int positionCount, int pageCount, int givenWidth) {
  /// The bounds of an executable of `graph`.
  public static BatchBounds of(Graph graph, KvLayout kv, BatchLimits limits) {
    return new BatchBounds(
        limits.tokens(),
        limits.outputs(),
        graph.vocabularySize(),
        graph.positionCount(),
        kv.pageCount(),
        graph.givenWidth());
  }
}
