package dev.jmr.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Mixtures of experts against the reference backend: batches in which experts have many tokens, few, and none.
class ExpertsTest {
  private static final int VOCABULARY = 97;
  private static final int MAX_TOKENS = 120;
  private static final float TOLERANCE = 5e-5f;

  private final Random random = new Random(3);

  static Stream<ExpertSpec> everyWayToRoute() {
    ExpertSpec plain = ExpertSpec.of(12, 3, Glu.SWIGLU);
    return Stream.of(
        plain,
        plain.withWeightsNorm(),
        plain.withGating(Gating.SIGMOID).withWeightsNorm().withWeightsScale(2.5f).withGroups(4, 2),
        plain.withGating(Gating.SOFTMAX_WEIGHT),
        ExpertSpec.of(12, 4, Glu.SWIGLU_OAI).withGating(Gating.SOFTMAX_WEIGHT),
        ExpertSpec.of(12, 1, Glu.GEGLU).withGating(Gating.SIGMOID).withWeightedInput(),
        ExpertSpec.of(12, 12, Glu.SWIGLU).withWeightsNorm());
  }

  @ParameterizedTest
  @MethodSource("everyWayToRoute")
  void agreeWithTheReferenceHoweverTheyRoute(ExpertSpec spec) {
    try (Arena arena = Arena.ofShared()) {
      assertAgreement(biased(arena, spec.expertCount(), TensorType.Q8_0, 64, 96), spec, arena, 64);
    }
  }

  @ParameterizedTest
  @CsvSource({"Q4_K, 256, 512", "Q6_K, 512, 256", "Q5_K, 256, 256", "F16, 64, 40", "F32, 33, 47"})
  void agreeWithTheReferenceWhateverTheirTypes(TensorType type, int width, int hidden) {
    ExpertSpec spec = ExpertSpec.of(9, 2, Glu.SWIGLU).withWeightsNorm();
    try (Arena arena = Arena.ofShared()) {
      ExpertWeights weights =
          ExpertWeights.of(
              floats(arena, 1, 9, width),
              stack(arena, type, 9, hidden, width),
              stack(arena, TensorType.F32, 9, hidden, width),
              stack(arena, type, 9, width, hidden));
      assertAgreement(weights, spec, arena, width);
    }
  }

  @Test
  void countAsTheirScalesSay() {
    ExpertSpec spec = ExpertSpec.of(5, 2, Glu.GEGLU).withWeightsNorm();
    try (Arena arena = Arena.ofShared()) {
      ExpertWeights weights =
          new ExpertWeights(
              floats(arena, 1, 5, 64),
              Optional.empty(),
              Optional.empty(),
              ExpertMatrices.of(stack(arena, TensorType.Q8_0, 5, 96, 64)),
              ExpertMatrices.of(stack(arena, TensorType.Q8_0, 5, 96, 64)),
              ExpertMatrices.of(stack(arena, TensorType.Q8_0, 5, 64, 96)),
              Optional.of(floats(arena, 1, 5)));
      assertAgreement(weights, spec, arena, 64);
    }
  }

  @Test
  void readGateAndUpFromOneTensor() {
    ExpertSpec spec = ExpertSpec.of(5, 2, Glu.SWIGLU);
    try (Arena arena = Arena.ofShared()) {
      Tensor both = stack(arena, TensorType.Q8_0, 5, 2 * 96, 64);
      Optional<Tensor> bias = Optional.of(floats(arena, 0.1f, 5, 2 * 96));
      ExpertWeights weights =
          new ExpertWeights(
              floats(arena, 1, 5, 64),
              Optional.empty(),
              Optional.empty(),
              new ExpertMatrices(both, bias, 0, 96),
              new ExpertMatrices(both, bias, 96, 96),
              ExpertMatrices.of(stack(arena, TensorType.Q8_0, 5, 64, 96)));
      assertAgreement(weights, spec, arena, 64);
    }
  }

  /// Logits that are no numbers choose somebody; what comes out is no number either, and nothing breaks.
  @Test
  void surviveLogitsThatAreNoNumbers() {
    ExpertSpec spec = ExpertSpec.of(6, 2, Glu.SWIGLU).withWeightsNorm().withGroups(3, 1);
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(2))) {
      ExpertWeights weights = biased(arena, 6, TensorType.Q8_0, 64, 96);
      weights.router().data().set(ValueLayout.JAVA_FLOAT, 0, Float.NaN);
      try (Executable executable = compile(cpu, graph(weights, spec, arena, 64))) {
        assertThat(run(executable, MAX_TOKENS, 64)).containsOnly(Float.NaN);
      }
    }
  }

  private void assertAgreement(ExpertWeights weights, ExpertSpec spec, Arena arena, int width) {
    Graph graph = graph(weights, spec, arena, width);
    try (Backend reference =
            Backends.named(Backends.candidates(), "reference").open(BackendOptions.automatic());
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(3));
        Executable expected = compile(reference, graph);
        Executable actual = compile(cpu, graph)) {
      for (int tokens : new int[] {1, MAX_TOKENS, 2, 8, 9, 33, 1}) {
        float[] want = run(expected, tokens, width);
        float[] got = run(actual, tokens, width);
        float size = 0;
        for (float value : want) {
          size = Math.max(size, Math.abs(value));
        }
        assertThat(size).isPositive();
        assertThat(got).containsExactly(want, within(TOLERANCE * size));
      }
    }
  }

  private Graph graph(ExpertWeights weights, ExpertSpec spec, Arena arena, int width) {
    var g = new GraphBuilder();
    var x = g.embed(floats(arena, 1, VOCABULARY, width));
    var routerInput = g.rmsNorm(x, floats(arena, 1, width), 1e-6f);
    return g.build(g.selectOutputs(g.mixtureOfExperts(x, routerInput, weights, spec)));
  }

  private static Executable compile(Backend backend, Graph graph) {
    return backend.compile(
        graph, new KvLayout(TensorType.F32, 4), new BatchLimits(MAX_TOKENS, MAX_TOKENS));
  }

  private static float[] run(Executable executable, int tokens, int width) {
    int[] all = IntStream.range(0, tokens).toArray();
    int[] ids = IntStream.of(all).map(i -> i * 7 % VOCABULARY).toArray();
    float[] result = new float[tokens * width];
    executable.run(new Batch(ids, all, new int[tokens], new int[][] {{0, 1, 2, 3}}, all), result);
    return result;
  }

  private ExpertWeights biased(Arena arena, int experts, TensorType type, int width, int hidden) {
    return new ExpertWeights(
        floats(arena, 1, experts, width),
        Optional.of(floats(arena, 1, experts)),
        Optional.of(floats(arena, 0.1f, experts)),
        matrices(arena, type, experts, hidden, width),
        matrices(arena, type, experts, hidden, width),
        matrices(arena, type, experts, width, hidden));
  }

  private ExpertMatrices matrices(Arena arena, TensorType type, int experts, int out, int in) {
    return ExpertMatrices.of(
        stack(arena, type, experts, out, in), Optional.of(floats(arena, 0.1f, experts, out)));
  }

  /// Weights whose products are of a size with what they multiply.
  private Tensor stack(Arena arena, TensorType type, int experts, int out, int in) {
    Shape shape = Shape.of(experts, out, in);
    if (type == TensorType.F32) {
      return floats(arena, (float) (1 / Math.sqrt(in)), experts, out, in);
    }
    Tensor flat = RandomWeights.of(arena, type, experts * out, in, random);
    return new Tensor("test.weight", type, shape, flat.data());
  }

  private Tensor floats(Arena arena, float deviation, long... axes) {
    Shape shape = Shape.of(axes);
    MemorySegment data = arena.allocate(4 * shape.elementCount(), 64);
    for (long i = 0; i < shape.elementCount(); i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, deviation * (float) random.nextGaussian());
    }
    return new Tensor("test.weight", TensorType.F32, shape, data);
  }
}
