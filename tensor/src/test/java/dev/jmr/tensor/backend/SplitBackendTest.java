package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.GraphSplit;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitBackendTest {
  private static final int VOCABULARY = 11;
  private static final int BLOCKS = 4;
  private static final KvLayout KV = new KvLayout(TensorType.F32, 2);
  private static final BatchLimits LIMITS = new BatchLimits(6, 2);

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.embed(TestTensors.random("token_embd.weight", VOCABULARY, 8));
    for (int i = 0; i < BLOCKS; i++) {
      Value h = g.rmsNorm(x, TestTensors.random("blk." + i + ".attn_norm.weight", 8), 1e-5f);
      Value kv = g.linear(h, TestTensors.random("blk." + i + ".attn_k.weight", 4, 8));
      x = g.add(x, g.attention(h, kv, kv, i, new AttentionSpec(2, 1, 4, 0.5f)));
    }
    x = g.selectOutputs(x);
    return g.build(x, g.linear(x, TestTensors.random("output.weight", VOCABULARY, 8)));
  }

  private static Backend reference() {
    return Backends.named(Backends.candidates(), "reference").open(BackendOptions.automatic());
  }

  private static Backend split(OptionalInt layers, OptionalLong memory) {
    return new SplitBackend(
        reference(), reference(), new DeviceOptions(Optional.empty(), memory, layers));
  }

  private static Backend split(int layers) {
    return split(OptionalInt.of(layers), OptionalLong.empty());
  }

  /// A prompt in two parts, of which the first asks for nothing.
  private static float[] run(Backend backend) {
    float[] logits = new float[2 * VOCABULARY];
    int[][] pages = {{1, 0}};
    try (backend;
        Executable executable = backend.compile(graph(), KV, LIMITS)) {
      executable.run(
          new Batch(new int[] {3, 1, 4}, new int[] {0, 1, 2}, new int[3], pages, new int[0]),
          logits);
      executable.run(
          new Batch(new int[] {1, 5}, new int[] {3, 4}, new int[2], pages, new int[] {0, 1}),
          logits);
    }
    return logits;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 99})
  void computesWhatOneBackendComputes(int layers) {
    assertThat(run(split(layers))).containsExactly(run(reference()));
  }

  @Test
  void tellsWhichBlocksAreWhere() {
    try (Backend some = split(3);
        Backend all = split(4);
        Backend none = split(0)) {
      assertThat(some.name()).isEqualTo("reference+reference");
      assertThat(some.placement(graph(), KV, LIMITS))
          .isEqualTo(
              "reference+reference: blocks 0 to 0 of 4 on reference (scalar, one thread), "
                  + "the others and the output on reference (scalar, one thread)");
      assertThat(all.placement(graph(), KV, LIMITS)).isEqualTo("reference: scalar, one thread");
      assertThat(none.placement(graph(), KV, LIMITS)).isEqualTo("reference: scalar, one thread");
    }
  }

  @Test
  void givesTheDeviceAsManyBlocksAsFit() {
    try (Backend reference = reference()) {
      Graph two = GraphSplit.before(graph(), 2).second();
      long bytes = reference.estimate(two, KV, LIMITS).totalBytes();
      try (Backend fitting = split(OptionalInt.empty(), OptionalLong.of(bytes));
          Backend tighter = split(OptionalInt.empty(), OptionalLong.of(bytes - 1));
          Backend tiny = split(OptionalInt.of(3), OptionalLong.of(1))) {
        assertThat(fitting.placement(graph(), KV, LIMITS)).contains("blocks 0 to 1 of 4");
        assertThat(tighter.placement(graph(), KV, LIMITS)).contains("blocks 0 to 2 of 4");
        assertThat(tiny.placement(graph(), KV, LIMITS)).doesNotContain("blocks");
      }
    }
  }

  @Test
  void estimatesBothParts() {
    try (Backend reference = reference();
        Backend split = split(2)) {
      MemoryEstimate whole = reference.estimate(graph(), KV, LIMITS);
      MemoryEstimate parts = split.estimate(graph(), KV, LIMITS);

      assertThat(parts.weightBytes()).isEqualTo(whole.weightBytes());
      assertThat(parts.kvBytes()).isEqualTo(whole.kvBytes());
      assertThat(parts.workspaceBytes()).isGreaterThan(whole.workspaceBytes());
    }
  }

  @Test
  void computesNothingWhenTheBatchIsWrong() {
    try (Backend backend = split(2);
        Executable executable = backend.compile(graph(), KV, LIMITS)) {
      Batch batch = new Batch(new int[1], new int[1], new int[1], new int[][] {{1}}, new int[1]);
      Batch foreign =
          new Batch(
              new int[] {VOCABULARY}, new int[1], new int[1], new int[][] {{1}}, new int[] {0});

      assertThatThrownBy(() -> executable.run(batch, new float[VOCABULARY - 1]))
          .isInstanceOf(TensorException.class)
          .hasMessage("logits: expected room for 11 floats, got 10");
      assertThatThrownBy(() -> executable.run(foreign, new float[VOCABULARY]))
          .hasMessageContaining("expected token id in 0..10, got 11");
    }
  }
}
