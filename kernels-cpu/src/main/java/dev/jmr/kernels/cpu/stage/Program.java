package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Value;
import java.util.List;

/// A graph as stages, with the sizes of the memory that they need.
///
/// @param stages in the order of execution
/// @param caches one per attention operation
/// @param result where the logits are
/// @param resultOffset where they begin in the workspace
/// @param sizes lengths of the buffers
public record Program(
    List<Stage> stages, List<KvCache> caches, Value result, int resultOffset, Sizes sizes) {
  /// Lengths of buffers in floats.
  ///
  /// @param maxTokens tokens of the largest batch
  /// @param workspace all activations
  /// @param packed each buffer of packed activations
  /// @param page one head's keys in a page
  public record Sizes(int maxTokens, int workspace, int[] packed, int page) {
    /// Bytes of the step's memory and of `workers` workers.
    public long bytes(int workers) {
      long packedFloats = 0;
      for (int length : packed) {
        packedFloats += length;
      }
      return Float.BYTES * (workspace + packedFloats + workers * Worker.floats(maxTokens, page));
    }
  }

  public Program {
    stages = List.copyOf(stages);
    caches = List.copyOf(caches);
  }

  /// The memory of a step.
  public Step newStep() {
    return new Step(sizes.maxTokens, sizes.workspace, sizes.packed);
  }

  /// The memory of one worker.
  public Worker newWorker() {
    return new Worker(sizes.maxTokens, sizes.page);
  }
}
