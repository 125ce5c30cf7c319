package dev.jmr.kernels.cpu.stage;

/// A part of a step whose chunks can be computed in any order and by any workers at once.
///
/// A stage begins when all chunks of the one before it are complete.
public interface Stage {
  /// How many chunks this step has; the same answer for all workers.
  int chunks(Step step);

  /// Computes one chunk.
  ///
  /// @param chunk 0 to `chunks - 1`
  /// @param worker the calling worker's own scratch memory
  void run(int chunk, Step step, Worker worker);
}
