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

  private @Nullable Batch batch;
  private int tokens;
  private int outputs;
  private int blockCount;

  /// Memory for steps of up to `maxTokens`.
  public Step(int maxTokens, int workspaceLength, int[] packedLengths) {
    blocks = new int[maxTokens + 1];
    workspace = new float[workspaceLength];
    packed = new float[packedLengths.length][];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = new float[packedLengths[i]];
    }
  }

  /// Sets the batch of the next pass.
  public void begin(Batch next) {
    batch = next;
    tokens = next.tokenCount();
    outputs = next.outputCount();
    blockCount = 0;
    for (int t = 0; t < tokens; t++) {
      if (t == 0 || !AttendStage.belongTogether(next, blocks[blockCount - 1], t)) {
        blocks[blockCount++] = t;
      }
    }
    blocks[blockCount] = tokens;
  }

  int blockCount() {
    return blockCount;
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
