package dev.jmr.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceAttentionTest {
  private static final int VOCABULARY = 50;

  private static Graph graph(Tensor embedding, AttentionSpec spec, Tensor q, Tensor kv) {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.embed(embedding);
    Value key = builder.linear(x, kv);
    Value attended = builder.attention(builder.linear(x, q), key, key, 0, spec);
    return builder.build(builder.selectOutputs(attended));
  }

  /// Two query heads share one key-value head of two elements.
  private static Graph random(int slidingWindow) {
    AttentionSpec spec = new AttentionSpec(2, 1, 2, 0.7f);
    spec = slidingWindow == 0 ? spec : spec.withSlidingWindow(slidingWindow);
    return graph(
        TestTensors.random("token_embd.weight", VOCABULARY, 4),
        spec,
        TestTensors.random("attn_q.weight", 4, 4),
        TestTensors.random("attn_k.weight", 2, 4));
  }

  private static Executable compile(Graph graph, TensorType kvType) {
    return new ReferenceExecutable(graph, new KvLayout(kvType, 8), new BatchLimits(80, 80));
  }

  /// A batch of one sequence, tokens 0, 1, 2 … at their positions, with the logits of each.
  private static Batch range(int from, int to, int... pages) {
    int[] tokens = IntStream.range(from, to).map(i -> i % VOCABULARY).toArray();
    int[] positions = IntStream.range(from, to).toArray();
    int[] rows = IntStream.range(0, to - from).toArray();
    return new Batch(tokens, positions, new int[to - from], new int[][] {pages}, rows);
  }

  private static float[] run(Executable executable, Batch batch, int width) {
    float[] output = new float[batch.outputCount() * width];
    executable.run(batch, output);
    return output;
  }

  @Test
  void weighsValuesByTheSoftmaxOfTheScores() {
    Tensor one = TestTensors.of("one.weight", Shape.of(1, 1), 1);
    Tensor embedding = TestTensors.of("token_embd.weight", Shape.of(2, 1), 1, 3);
    Graph graph = graph(embedding, new AttentionSpec(1, 1, 1, 0.5f), one, one);

    float[] output = run(compile(graph, TensorType.F32), range(0, 2, 0), 1);

    // The second token scores 0.5 · 3 · 1 and 0.5 · 3 · 3.
    double share = 1 / (1 + Math.exp(4.5 - 1.5));
    assertThat(output[0]).isEqualTo(1f);
    assertThat(output[1]).isCloseTo((float) (share * 1 + (1 - share) * 3), within(1e-6f));
  }

  @Test
  void aWindowOfOneSeesOnlyTheTokenItself() {
    Graph graph = random(1);
    float[] together = run(compile(graph, TensorType.F32), range(0, 5, 0), 4);

    for (int t = 0; t < 5; t++) {
      Batch alone = range(t, t + 1, 0);
      float[] single = run(compile(graph, TensorType.F32), alone, 4);
      assertThat(single).containsExactly(Arrays.copyOfRange(together, 4 * t, 4 * t + 4));
    }
  }

  @Test
  void tokenByTokenEqualsAllAtOnceAcrossPages() {
    for (int window : new int[] {0, 8, 40}) {
      Graph graph = random(window);
      float[] together = run(compile(graph, TensorType.F16), range(0, 70, 5, 2, 7), 4);
      Executable stepwise = compile(graph, TensorType.F16);
      for (int t = 0; t < 70; t++) {
        float[] step = run(stepwise, range(t, t + 1, 1, 0, 6), 4);
        assertThat(step).containsExactly(Arrays.copyOfRange(together, 4 * t, 4 * t + 4));
      }
    }
  }

  /// One query head of one element over the tokens 1 and 3; scores of the second are 0.5 · 3 · 1 and 0.5 · 3 · 3.
  private static float[] twoTokens(AttentionSpec spec, Optional<Tensor> sinks) {
    Tensor one = TestTensors.of("one.weight", Shape.of(1, 1), 1);
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.embed(TestTensors.of("token_embd.weight", Shape.of(2, 1), 1, 3));
    Value key = builder.linear(x, one);
    Value attended = builder.attention(key, key, key, 0, spec, sinks);
    Graph graph = builder.build(builder.selectOutputs(attended));
    return run(compile(graph, TensorType.F32), range(0, 2, 0), 1);
  }

  @Test
  void aSinkTakesItsShareAndGivesNothing() {
    Tensor sink = TestTensors.of("sinks.weight", Shape.of(1), 2);
    float[] output = twoTokens(new AttentionSpec(1, 1, 1, 0.5f), Optional.of(sink));

    assertThat(output[0]).isCloseTo((float) (1 / (1 + Math.exp(2 - 0.5))), within(1e-6f));
    double sum = Math.exp(1.5) + Math.exp(4.5) + Math.exp(2);
    double expected = (Math.exp(1.5) + 3 * Math.exp(4.5)) / sum;
    assertThat(output[1]).isCloseTo((float) expected, within(1e-6f));
  }

  @Test
  void capsScores() {
    float[] output = twoTokens(new AttentionSpec(1, 1, 1, 0.5f).withSoftcap(2), Optional.empty());

    double share = 1 / (1 + Math.exp(2 * Math.tanh(2.25) - 2 * Math.tanh(0.75)));
    assertThat(output[1]).isCloseTo((float) (share + (1 - share) * 3), within(1e-6f));
  }

  @Test
  void withoutAMaskTheFirstTokenSeesTheLast() {
    AttentionSpec spec = new AttentionSpec(1, 1, 1, 0.5f).withMask(AttentionMask.FULL);
    float[] output = twoTokens(spec, Optional.empty());

    double share = 1 / (1 + Math.exp(1.5 - 0.5));
    assertThat(output[0]).isCloseTo((float) (share + (1 - share) * 3), within(1e-6f));
  }

  @Test
  void aSymmetricWindowHasAsMuchAheadAsBehind() {
    AttentionMask mask = new AttentionMask.Symmetric(5);
    assertThat(mask.firstVisible(1)).isZero();
    assertThat(mask.firstVisible(7)).isEqualTo(5);
    assertThat(mask.lastVisible(7, 20)).isEqualTo(9);
    assertThat(mask.lastVisible(7, 8)).isEqualTo(8);
    AttentionSpec spec = new AttentionSpec(1, 1, 1, 0.5f);
    assertThat(twoTokens(spec.withMask(new AttentionMask.Symmetric(1)), Optional.empty()))
        .containsExactly(1, 3);
    assertThat(twoTokens(spec.withMask(new AttentionMask.Symmetric(2)), Optional.empty()))
        .containsExactly(twoTokens(spec.withMask(AttentionMask.FULL), Optional.empty()));
  }

  @Test
  void chunksDoNotSeeEachOther() {
    AttentionSpec spec = new AttentionSpec(1, 1, 1, 0.5f);
    assertThat(twoTokens(spec.withMask(new AttentionMask.Chunked(1)), Optional.empty()))
        .containsExactly(1, 3);
    AttentionMask mask = new AttentionMask.Chunked(4);
    assertThat(mask.firstVisible(3)).isZero();
    assertThat(mask.firstVisible(4)).isEqualTo(4);
  }

  @Test
  void sequencesOfOneBatchDoNotSeeEachOther() {
    Graph graph = random(0);
    Batch both =
        new Batch(
            new int[] {0, 7, 1, 8},
            new int[] {0, 0, 1, 1},
            new int[] {0, 1, 0, 1},
            new int[][] {{3}, {4}},
            new int[] {2});

    assertThat(run(compile(graph, TensorType.F32), both, 4))
        .containsExactly(
            Arrays.copyOfRange(run(compile(graph, TensorType.F32), range(0, 2, 0), 4), 4, 8));
  }

  @Test
  void aQ8CacheKeepsWholeMultiplesOfAScale() {
    KvLayout layout = new KvLayout(TensorType.Q8_0, 1);
    KvStore store = new KvStore(layout, 128, 64);
    float[] x = new float[128];
    x[0] = 254;
    x[1] = 3.1f;
    x[40] = -12.7f;
    x[41] = 0.06f;
    store.put(0, 3, x, 0);

    assertThat(store.get(0, 3, 0)).isEqualTo(254);
    assertThat(store.get(0, 3, 1)).isEqualTo(4);
    assertThat(store.get(0, 3, 40)).isEqualTo(-12.7f);
    assertThat(store.get(0, 3, 41)).isEqualTo(0.1f);
    assertThat(store.get(0, 3, 42)).isZero();
    assertThat(KvLayout.scaleGroup(64)).isEqualTo(32);
    assertThat(KvLayout.scaleGroup(24)).isEqualTo(24);
    assertThat(layout.bytes(128, 64)).isEqualTo(128 + 4 * 4);
    assertThatThrownBy(() -> new KvLayout(TensorType.Q4_0, 1))
        .hasMessage("kv cache type: expected F16, F32 or Q8_0, got Q4_0");
  }

  @Test
  void anF16CacheRoundsWhatItKeeps() {
    Tensor one = TestTensors.of("one.weight", Shape.of(1, 1), 1);
    Tensor embedding = TestTensors.of("token_embd.weight", Shape.of(2, 1), 1.0001f, 3);
    Graph graph = graph(embedding, new AttentionSpec(1, 1, 1, 0.5f), one, one);

    assertThat(run(compile(graph, TensorType.F32), range(0, 1, 0), 1)).containsExactly(1.0001f);
    assertThat(run(compile(graph, TensorType.F16), range(0, 1, 0), 1)).containsExactly(1f);
  }
}
