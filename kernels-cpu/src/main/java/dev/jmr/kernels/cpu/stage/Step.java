package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The forward pass at hand: its batch and the memory that stages read and write. One per executable, reused.
public final class Step {
  /// All activations; each value has its place in it.
  final float[] workspace;

  /// Activations as the kernels of the current matmul want them, one buffer per order.
  final float[][] packed;

  /// Tokens that attention handles together: of one sequence, consecutive; block `i` begins at token `blocks[i]`.
  final int[] blocks;

  /// For each block the last position of its sequence in this batch.
  final int[] lastPositions;

  /// What attention found in parts of the contexts.
  final float[] partials;

  private final int blockTokens;
  private @Nullable Batch batch;
  private int tokens;
  private int outputs;
  private int blockCount;
  private int longestBlock;

  /// Memory for the steps of a program.
  public Step(Program.Sizes sizes) {
    blocks = new int[sizes.maxTokens() + 1];
    lastPositions = new int[sizes.maxTokens()];
    workspace = new float[sizes.workspace()];
    packed = new float[sizes.packed().length][];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = new float[sizes.packed()[i]];
    }
    partials = new float[Math.toIntExact(sizes.attention().partials())];
    blockTokens = sizes.attention().blockTokens();
  }

  /// Sets the batch of the next pass.
  public void begin(Batch next) {
    batch = next;
    tokens = next.tokenCount();
    outputs = next.outputCount();
    findBlocks(next.sequences());
    findLastPositions(next);
  }

  private void findBlocks(int[] sequences) {
    blockCount = 0;
    longestBlock = 0;
    for (int t = 0; t < tokens; t++) {
      int first = blockCount == 0 ? 0 : blocks[blockCount - 1];
      if (t == 0 || sequences[first] != sequences[t] || t - first == blockTokens) {
        blocks[blockCount++] = t;
        first = t;
      }
      longestBlock = Math.max(longestBlock, t - first + 1);
    }
    blocks[blockCount] = tokens;
  }

  /// Batches keep the tokens of a sequence in order, so that its last block is met first from behind.
  private void findLastPositions(Batch next) {
    for (int i = blockCount - 1; i >= 0; i--) {
      boolean sameAsNext =
          i + 1 < blockCount && next.sequences()[blocks[i + 1]] == next.sequences()[blocks[i]];
      lastPositions[i] = sameAsNext ? lastPositions[i + 1] : next.lastPosition(blocks[i]);
    }
  }

  int blockCount() {
    return blockCount;
  }

  /// Tokens of the largest block.
  int longestBlock() {
    return longestBlock;
  }

  /// Forgets the batch.
  public void end() {
    batch = null;
  }

  Batch batch() {
    return Objects.requireNonNull(batch);
  }

  int tokens() {
    return tokens;
  }

  /// Rows that `value` has in this pass.
  int rows(Value value) {
    return value.rows() == Value.Rows.TOKENS ? tokens : outputs;
  }

  /// Copies a value's rows out.
  public void copyOut(int offset, int length, float[] target) {
    System.arraycopy(workspace, offset, target, 0, length);
  }
}
