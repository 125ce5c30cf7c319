package dev.jmr.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.GraphBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Four experts of which expert `e` says `10^e · h` with `h = silu(x) · x`, in numbers that show who was chosen.
class ReferenceExpertsTest {
  private static final Tensor DOWN =
      TestTensors.of("ffn_down_exps.weight", Shape.of(4, 1, 1), 1, 10, 100, 1000);
  private static final Tensor ONES =
      TestTensors.of("ffn_gate_exps.weight", Shape.of(4, 1, 1), 1, 1, 1, 1);

  /// `silu(1) · 1`.
  private static final double HIDDEN = 1 / (1 + Math.exp(-1));

  private static ExpertWeights weights(double... logits) {
    return ExpertWeights.of(router(logits), ONES, ONES, DOWN);
  }

  /// The logits of a token whose input is 1.
  private static Tensor router(double... logits) {
    float[] values = new float[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) logits[i];
    }
    return TestTensors.of("ffn_gate_inp.weight", Shape.of(4, 1), values);
  }

  private static Tensor bias(float... values) {
    return TestTensors.of("bias", Shape.of(4), values);
  }

  private static ExpertSpec two() {
    return ExpertSpec.of(4, 2, Glu.SWIGLU);
  }

  /// What the mixture makes of the input 1.
  private static float run(ExpertWeights weights, ExpertSpec spec) {
    var g = new GraphBuilder();
    var x = g.embed(TestTensors.of("token_embd.weight", Shape.of(1, 1), 1));
    var graph = g.build(g.selectOutputs(g.mixtureOfExperts(x, weights, spec)));
    float[] result = new float[1];
    try (var executable =
        new ReferenceExecutable(graph, new KvLayout(TensorType.F32, 1), new BatchLimits(1, 1))) {
      executable.run(
          new Batch(new int[1], new int[1], new int[1], new int[][] {{0}}, new int[1]), result);
    }
    return result[0];
  }

  private static void assertResult(float actual, double expected) {
    assertThat((double) actual).isCloseTo(expected, within(1e-5 * expected));
  }

  @Test
  void scalesWhatEachExpertSays() {
    ExpertMatrices ones = ExpertMatrices.of(ONES);
    var scaled =
        new ExpertWeights(
            router(2, 0, 1, 2),
            Optional.empty(),
            Optional.empty(),
            ones,
            ones,
            ExpertMatrices.of(DOWN),
            Optional.of(bias(3, 5, 7, 0.5f)));
    assertResult(run(scaled, two().withWeightsNorm()), HIDDEN * (3 * 1 + 0.5 * 1000) / 2);
  }

  @Test
  void weighsWithTheirPartsOfASoftmaxOverAll() {
    double all = Math.E * Math.E * 2 + Math.E + 1;
    assertResult(run(weights(2, 0, 1, 2), two()), HIDDEN * (1 + 1000) * Math.E * Math.E / all);
  }

  @Test
  void weighsWithPartsThatSumToOne() {
    double share = 1 / (1 + Math.exp(-1));
    assertResult(
        run(weights(2, 0, 1, -1), two().withWeightsNorm()), HIDDEN * (share + 100 * (1 - share)));
  }

  @Test
  void weighsEachExpertByItself() {
    ExpertSpec spec = two().withGating(Gating.SIGMOID);
    assertResult(
        run(weights(2, 0, 1, -1), spec),
        HIDDEN * (1 / (1 + Math.exp(-2)) + 100 / (1 + Math.exp(-1))));
  }

  @Test
  void weighsWithASoftmaxOverTheChosen() {
    ExpertSpec spec = two().withGating(Gating.SOFTMAX_WEIGHT);
    double share = 1 / (1 + Math.exp(-1));
    assertResult(run(weights(2, 0, 1, -1), spec), HIDDEN * (share + 100 * (1 - share)));
  }

  @Test
  void scalesWeightsAfterTheyWereNormalised() {
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withWeightsNorm().withWeightsScale(2.5f);
    assertResult(run(weights(0, 3, 1, 1), spec), HIDDEN * 10 * 2.5);
  }

  @Test
  void keepsTinyWeightsFromGrowing() {
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withGating(Gating.SIGMOID).withWeightsNorm();
    double weight = 1 / (1 + Math.exp(20));
    assertResult(run(weights(-20, -21, -21, -21), spec), HIDDEN * weight / 0x1p-14);
  }

  @Test
  void choosesByABiasThatIsNotInTheWeights() {
    ExpertWeights plain = weights(2, 0, 1, -1);
    ExpertWeights biased =
        new ExpertWeights(
            plain.router(),
            Optional.empty(),
            Optional.of(bias(-9, 0, 0, 9)),
            plain.gate(),
            plain.up(),
            plain.down());
    assertResult(
        run(biased, two().withGating(Gating.SIGMOID)),
        HIDDEN * (1000 / (1 + Math.exp(1)) + 100 / (1 + Math.exp(-1))));
  }

  @Test
  void addsTheRoutersBiasToItsLogits() {
    ExpertWeights plain = weights(2, 0, 1, -1);
    ExpertWeights biased =
        new ExpertWeights(
            plain.router(),
            Optional.of(bias(-9, 0, 0, 9)),
            Optional.empty(),
            plain.gate(),
            plain.up(),
            plain.down());
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withGating(Gating.SIGMOID);
    assertResult(run(biased, spec), HIDDEN * 1000 / (1 + Math.exp(-8)));
  }

  @Test
  void choosesFromTheGroupsWhoseTwoBestAreBest() {
    // The best single expert is in the group (3, -3), which is worse than (1, 2) together.
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withWeightsNorm().withGroups(2, 1);
    assertResult(run(weights(3, -3, 1, 2), spec.withGating(Gating.SOFTMAX_WEIGHT)), HIDDEN * 1000);
    assertResult(run(weights(3, -3, 1, 2), spec), HIDDEN);
  }

  @Test
  void weighsTheInputWhereAskedTo() {
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withGating(Gating.SIGMOID);
    double x = 1 / (1 + Math.exp(-2));
    assertResult(run(weights(2, 0, 0, 0), spec.withWeightedInput()), x * x / (1 + Math.exp(-x)));
  }

  @Test
  void addsTheBiasesOfTheChosenExpert() {
    Tensor each = TestTensors.of("ffn_gate_exps.bias", Shape.of(4, 1), 9, 9, 1, 9);
    Tensor last = TestTensors.of("ffn_down_exps.bias", Shape.of(4, 1), 9, 9, 5, 9);
    ExpertWeights biased =
        new ExpertWeights(
            router(0, 0, 3, 0),
            Optional.empty(),
            Optional.empty(),
            ExpertMatrices.of(ONES, Optional.of(each)),
            ExpertMatrices.of(ONES, Optional.of(each)),
            ExpertMatrices.of(DOWN, Optional.of(last)));
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withWeightsNorm();
    assertResult(run(biased, spec), 100 * (2 / (1 + Math.exp(-2)) * 2) + 5);
  }

  @Test
  void readsGateAndUpFromOneTensor() {
    Tensor both =
        TestTensors.of("ffn_gate_up_exps.weight", Shape.of(4, 2, 1), 9, 9, 1, 7, 9, 9, 9, 9);
    Tensor bothBias =
        TestTensors.of("ffn_gate_up_exps.bias", Shape.of(4, 2), 9, 9, 0, 3, 9, 9, 9, 9);
    ExpertWeights fused =
        new ExpertWeights(
            router(0, 3, 0, 0),
            Optional.empty(),
            Optional.empty(),
            new ExpertMatrices(both, Optional.of(bothBias), 0, 1),
            new ExpertMatrices(both, Optional.of(bothBias), 1, 1),
            ExpertMatrices.of(DOWN));
    ExpertSpec spec = ExpertSpec.of(4, 1, Glu.SWIGLU).withWeightsNorm();
    assertResult(run(fused, spec), HIDDEN * (7 + 3) * 10);
    assertThat(fused.feedForwardLength()).isEqualTo(1);
  }
}
