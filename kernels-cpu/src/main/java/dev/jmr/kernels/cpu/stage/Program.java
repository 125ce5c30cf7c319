package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.OpTimer;
import dev.jmr.tensor.graph.Value;
import java.lang.foreign.Arena;
import java.util.List;

/// A graph as stages, with the sizes of the memory that they need.
///
/// @param stages in the order of execution
/// @param parts what each stage is called in a profile
/// @param caches one per layer that keeps something of every position
/// @param copies weights that are copied to be read faster
/// @param result where the logits are
/// @param resultOffset where they begin in the workspace
/// @param sizes lengths of the buffers
public record Program(
    List<Stage> stages,
    List<OpTimer.Part> parts,
    List<PagedCache> caches,
    List<SlicedRows> copies,
    Value result,
    int resultOffset,
    Sizes sizes) {
  /// Lengths of buffers in floats.
  ///
  /// @param maxTokens tokens of the largest batch
  /// @param workspace all activations
  /// @param packed each buffer of packed activations
  /// @param attention what attention needs
  /// @param panelRows weight rows in a tile of the panel form
  public record Sizes(
      int maxTokens, int workspace, int[] packed, AttentionSizes attention, int panelRows) {
    /// Bytes of the step's memory and of `workers` workers.
    public long bytes(int workers) {
      long packedFloats = 0;
      for (int length : packed) {
        packedFloats += length;
      }
      long step = workspace + packedFloats + attention.partials();
      return Float.BYTES * (step + workers * Worker.floats(this));
    }
  }

  public Program {
    stages = List.copyOf(stages);
    parts = List.copyOf(parts);
    caches = List.copyOf(caches);
    copies = List.copyOf(copies);
  }

  /// Bytes of all copied weights.
  long copiedBytes() {
    return copies.stream().mapToLong(SlicedRows::byteSize).sum();
  }

  /// Lets copied weights take their memory from `arena`, which must stay open while the program runs.
  public void copyInto(Arena arena) {
    copies.forEach(copy -> copy.copyInto(arena));
  }

  /// The memory of a step.
  public Step newStep() {
    return new Step(sizes);
  }

  /// The memory of one worker.
  public Worker newWorker() {
    return new Worker(sizes);
  }
}
