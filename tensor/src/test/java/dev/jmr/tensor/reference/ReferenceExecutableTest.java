package dev.jmr.tensor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.UnsupportedTensorTypeException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.PositionTemperature;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import dev.jmr.tensor.graph.XieluParameters;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ReferenceExecutableTest {
  private static final KvLayout KV = new KvLayout(TensorType.F32, 1);
  private static final BatchLimits LIMITS = new BatchLimits(4, 4);

  /// Two tokens embedded as `(3, 4)` and `(-1, 2)`.
  private static final Tensor EMBEDDING =
      TestTensors.of("token_embd.weight", Shape.of(2, 2), 3, 4, -1, 2);

  /// Runs tokens 0 and 1 at positions 0 and 1 through `body`; both rows of the result.
  private static float[] run(BiFunction<GraphBuilder, Value, Value> body) {
    GraphBuilder builder = new GraphBuilder();
    Value result = body.apply(builder, builder.embed(EMBEDDING));
    Graph graph = builder.build(builder.selectOutputs(result));
    Batch batch =
        new Batch(
            new int[] {0, 1}, new int[] {0, 1}, new int[2], new int[][] {{0}}, new int[] {0, 1});
    float[] output = new float[2 * graph.result().width()];
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.automatic());
        Executable executable = backend.compile(graph, KV, LIMITS)) {
      executable.run(batch, output);
    }
    return output;
  }

  private static void assertClose(float[] actual, float... expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void embedsTokens() {
    assertThat(run((g, x) -> x)).containsExactly(3, 4, -1, 2);
  }

  @Test
  void takesWhatIsGivenWithEachToken() {
    GraphBuilder builder = new GraphBuilder();
    Value first = builder.given("first", 1);
    Value second = builder.given("second", 2);
    Value both = builder.concat(second, first, 1, 1);
    Graph graph = builder.build(builder.selectOutputs(both));
    float[] output = new float[6];
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.automatic());
        Executable executable = backend.compile(graph, KV, LIMITS)) {
      executable.run(
          new Batch(
              new int[] {0, 7},
              new int[] {0, 1},
              new int[2],
              new int[][] {{0}},
              new int[] {0, 1},
              new float[] {1, 2, 3, 4, 5, 6}),
          output);
    }

    assertThat(output).containsExactly(2, 3, 1, 5, 6, 4);
  }

  @Test
  void multipliesByTheTransposedWeight() {
    Tensor weight = TestTensors.of("w.weight", Shape.of(3, 2), 1, 0, 0, 1, 2, -1);

    assertThat(run((g, x) -> g.linear(x, weight))).containsExactly(3, 4, 2, -1, 2, -4);
  }

  @Test
  void addsValuesAndBiases() {
    Tensor bias = TestTensors.of("b.bias", Shape.of(2), 10, 20);

    assertThat(run((g, x) -> g.add(x, g.addBias(x, bias)))).containsExactly(16, 28, 8, 24);
  }

  @Test
  void normsWholeRowsAndGroups() {
    Tensor row = TestTensors.of("n.weight", Shape.of(2), 1, 2);
    Tensor group = TestTensors.of("h.weight", Shape.of(1), 5);

    float rms = (float) Math.sqrt(12.5);
    float second = (float) Math.sqrt(2.5);
    assertClose(run((g, x) -> g.rmsNorm(x, row, 0)), 3 / rms, 8 / rms, -1 / second, 4 / second);
    assertClose(run((g, x) -> g.rmsNorm(x, group, 0)), 5, 5, -5, 5);
  }

  @Test
  void addsEpsilonToTheMeanSquare() {
    Tensor row = TestTensors.of("n.weight", Shape.of(2), 1, 1);
    float rms = (float) Math.sqrt(12.5 + 0.5);

    assertThat(run((g, x) -> g.rmsNorm(x, row, 0.5f))[0]).isCloseTo(3 / rms, within(1e-6f));
  }

  @Test
  void normsToMeanZeroAndVarianceOne() {
    Tensor weight = TestTensors.of("n.weight", Shape.of(2), 1, 2);
    Tensor bias = TestTensors.of("n.bias", Shape.of(2), 10, 20);

    assertClose(run((g, x) -> g.layerNorm(x, weight, Optional.of(bias), 0)), 9, 22, 9, 22);
    assertClose(run((g, x) -> g.layerNorm(x, weight, Optional.empty(), 0)), -1, 2, -1, 2);
    float half = (float) (0.5 / Math.sqrt(0.25 + 0.75));
    assertThat(run((g, x) -> g.layerNorm(x, weight, Optional.empty(), 0.75f))[0])
        .isCloseTo(-half, within(1e-6f));
  }

  @Test
  void scalesAndCaps() {
    assertThat(run((g, x) -> g.scale(x, -2))).containsExactly(-6, -8, 2, -4);
    assertClose(
        run((g, x) -> g.softcap(x, 2)),
        2 * (float) Math.tanh(1.5),
        2 * (float) Math.tanh(2),
        2 * (float) Math.tanh(-0.5),
        2 * (float) Math.tanh(1));
  }

  @Test
  void embedsPositions() {
    Tensor weight = TestTensors.of("position_embd.weight", Shape.of(3, 2), 1, 2, 3, 4, 5, 6);

    assertThat(run((g, x) -> g.embedPosition(weight))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void activates() {
    assertClose(
        run((g, x) -> g.activate(x, Activation.TANH)),
        (float) Math.tanh(3),
        (float) Math.tanh(4),
        (float) Math.tanh(-1),
        (float) Math.tanh(2));
    // Values of torch.nn.functional.gelu(x, approximate="tanh").
    assertClose(
        run((g, x) -> g.activate(x, Activation.GELU)),
        2.9963627f,
        3.9999297f,
        -0.158808f,
        1.9545977f);
  }

  @Test
  void curvesByTrainedParameters() {
    var xielu = new XieluParameters(2, 0.5f, 0.25f, -1e-6f);

    assertClose(
        run((g, x) -> g.xielu(x, xielu)),
        0.5f * 9 + 0.25f * 3,
        0.5f * 16 + 0.25f * 4,
        (float) (2 * (Math.exp(-1) - 1 + 1) - 0.25),
        0.5f * 4 + 0.25f * 2);
    assertThat(XieluParameters.ofTrained(0, 1, 0.5, -1).alphaN())
        .isCloseTo((float) (0.5 + Math.log(2)), within(1e-6f));
  }

  @Test
  void scalesColumns() {
    Tensor weight = TestTensors.of("scale.weight", Shape.of(2), 2, -1);

    assertThat(run((g, x) -> g.scaleColumns(x, weight))).containsExactly(6, -4, -2, -2);
  }

  @Test
  void stretchesHeadsToTheLengthOfAnother() {
    Tensor spread = TestTensors.of("w.weight", Shape.of(4, 2), 2, 0, 0, 0, 0, 0, 0, 0);

    // |(3, 4)| is 5; heads of zeros stay.
    assertClose(
        run((g, x) -> g.matchLength(g.linear(x, spread), x)),
        5,
        0,
        0,
        0,
        (float) -Math.sqrt(5),
        0,
        0,
        0);
  }

  @Test
  void mixesHeadsByCoefficientsOfEachToken() {
    // Two heads of one element, three results: x0 · x0 + x1 · x1, x0 · x1 + x1 · x0, x0 · 0 + x1 ·
    // x0.
    Tensor coefficients =
        TestTensors.of("w.weight", Shape.of(6, 2), 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0);

    assertThat(run((g, x) -> g.mixHeads(x, g.linear(x, coefficients), 2)))
        .containsExactly(25, 24, 12, 5, -4, -2);
  }

  @Test
  void keepsWhatIsFarAboveTheMean() {
    // Means 3.5 and 0.5, standard deviations √0.5 and √4.5.
    assertClose(
        run((g, x) -> g.gaussianTopK(x, 0.5f)),
        0,
        (float) (0.5 - 0.5 * Math.sqrt(0.5)),
        0,
        (float) (1.5 - 0.5 * Math.sqrt(4.5)));
  }

  @Test
  void rotatesByThePosition() {
    RopeTable table =
        new RopeTable(RopeTable.Pairing.HALVES, 2, new float[] {(float) (Math.PI / 2)}, 2);

    // Position 0 is only scaled; position 1 is turned by 90 degrees: (x, y) → (-y, x).
    assertClose(run((g, x) -> g.rope(x, table)), 6, 8, -4, -2);
  }

  @Test
  void pairsNeighboursOrHalves() {
    float[] quarter = {(float) (Math.PI / 2), 0};
    Tensor spread = TestTensors.of("w.weight", Shape.of(4, 2), 1, 0, 0, 1, 2, 0, 0, 2);
    RopeTable neighbours = new RopeTable(RopeTable.Pairing.INTERLEAVED, 4, quarter, 1);
    RopeTable halves = new RopeTable(RopeTable.Pairing.HALVES, 4, quarter, 1);

    // The second token is spread to (-1, 2, -2, 4).
    assertClose(run((g, x) -> g.rope(g.linear(x, spread), neighbours)), 3, 4, 6, 8, -2, -1, -2, 4);
    assertClose(run((g, x) -> g.rope(g.linear(x, spread), halves)), 3, 4, 6, 8, 2, 2, -1, 4);
  }

  @Test
  void leavesElementsBeyondThePairsAsTheyAre() {
    RopeTable table =
        new RopeTable(RopeTable.Pairing.HALVES, 4, new float[] {(float) (Math.PI / 2)}, 1);
    Tensor spread = TestTensors.of("w.weight", Shape.of(4, 2), 1, 0, 0, 1, 2, 0, 0, 2);

    assertClose(run((g, x) -> g.rope(g.linear(x, spread), table)), 3, 4, 6, 8, -2, -1, -2, 4);
  }

  @Test
  void gatesWithSilu() {
    float silu3 = (float) (3 / (1 + Math.exp(-3)));
    float silu4 = (float) (4 / (1 + Math.exp(-4)));
    float silu2 = (float) (2 / (1 + Math.exp(-2)));
    float siluMinus1 = (float) (-1 / (1 + Math.exp(1)));

    assertClose(
        run((g, x) -> g.gatedActivation(x, x, Glu.SWIGLU)),
        3 * silu3,
        4 * silu4,
        -siluMinus1,
        2 * silu2);
  }

  @Test
  void addsUpTheBestExpertsByTheirRenormalisedShares() {
    // The router scores experts with x0, x1 and -x0; token (3, 4) takes 1 and 0, token (-1, 2)
    // takes 1 and 2.
    Tensor router = TestTensors.of("ffn_gate_inp.weight", Shape.of(3, 2), 1, 0, 0, 1, -1, 0);
    Tensor gate = TestTensors.of("ffn_gate_exps.weight", Shape.of(3, 1, 2), 1, 0, 1, 0, 1, 0);
    Tensor up = TestTensors.of("ffn_up_exps.weight", Shape.of(3, 1, 2), 0, 1, 0, 1, 0, 1);
    Tensor down = TestTensors.of("ffn_down_exps.weight", Shape.of(3, 2, 1), 1, 0, 0, 1, 1, 1);
    ExpertSpec spec = ExpertSpec.of(3, 2, Glu.SWIGLU).withWeightsNorm();
    ExpertWeights weights = ExpertWeights.of(router, gate, up, down);

    float first = (float) (3 / (1 + Math.exp(-3))) * 4;
    float second = (float) (-1 / (1 + Math.exp(1))) * 2;
    float share = (float) (1 / (1 + Math.exp(-1)));
    assertClose(
        run((g, x) -> g.mixtureOfExperts(x, weights, spec)),
        first * (1 - share),
        first * share,
        second * (1 - share),
        second);
  }

  @Test
  void selectsRowsInTheOrderAskedFor() {
    GraphBuilder builder = new GraphBuilder();
    Graph graph = builder.build(builder.selectOutputs(builder.embed(EMBEDDING)));
    Batch batch =
        new Batch(new int[] {0, 1}, new int[] {0, 1}, new int[2], new int[][] {{0}}, new int[] {1});
    float[] output = {9, 9, 9};
    new ReferenceExecutable(graph, KV, LIMITS).run(batch, output);

    assertThat(output).containsExactly(-1, 2, 9);
  }

  @Test
  void rejectsWrongBatchesBeforeItComputes() {
    GraphBuilder builder = new GraphBuilder();
    Graph graph = builder.build(builder.selectOutputs(builder.embed(EMBEDDING)));
    Executable executable = new ReferenceExecutable(graph, KV, LIMITS);
    Batch unknownToken =
        new Batch(new int[] {2}, new int[1], new int[1], new int[][] {{0}}, new int[] {0});
    Batch fine = new Batch(new int[1], new int[1], new int[1], new int[][] {{0}}, new int[] {0});

    assertThatThrownBy(() -> executable.run(unknownToken, new float[2]))
        .isInstanceOf(TensorException.class)
        .hasMessage("batch entry 0: expected token id in 0..1, got 2");
    assertThatThrownBy(() -> executable.run(fine, new float[1]))
        .hasMessage("logits: expected room for 2 floats, got 1");
    executable.close();
    assertThatThrownBy(() -> executable.run(fine, new float[2]))
        .hasMessageContaining("got a closed one");
  }

  @Test
  void namesTheWeightThatItCannotDecode() {
    Tensor weight =
        new Tensor(
            "blk.0.ffn_up.weight",
            TensorType.Q8_1,
            Shape.of(1, 32),
            MemorySegment.ofArray(new byte[36]));
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.embed(TestTensors.zeros("token_embd.weight", 2, 32));
    Graph graph = builder.build(builder.selectOutputs(builder.linear(x, weight)));

    try (Backend backend = new ReferenceBackend(BackendOptions.automatic())) {
      assertThatThrownBy(() -> backend.compile(graph, KV, LIMITS))
          .isInstanceOf(UnsupportedTensorTypeException.class)
          .hasMessage("weight blk.0.ffn_up.weight: type Q8_1 cannot be computed with yet");
    }
  }

  @Test
  void multipliesGroupsByOneElementEach() {
    Tensor weight = TestTensors.of("w.weight", Shape.of(1, 2), 1, 1);

    assertThat(run((g, x) -> g.multiply(x, x))).containsExactly(9, 16, 1, 4);
    assertThat(run((g, x) -> g.multiply(x, g.linear(x, weight)))).containsExactly(21, 28, -1, 2);
  }

  @Test
  void clampsBothSides() {
    assertThat(run((g, x) -> g.clamp(x, 2))).containsExactly(2, 2, -1, 2);
  }

  @Test
  void takesPartsOfHeadsAndJoinsThem() {
    assertThat(run((g, x) -> g.slice(x, 2, 1, 2))).containsExactly(4, 2);
    assertThat(run((g, x) -> g.concat(x, g.slice(x, 2, 1, 2), 2, 1)))
        .containsExactly(3, 4, 4, 4, -1, 2, 2, 2);
    assertThat(run((g, x) -> g.concat(x, x, 2, 2))).containsExactly(3, 3, 4, 4, -1, -1, 2, 2);
  }

  @Test
  void multipliesEachHeadByItsOwnWeight() {
    Tensor weight = TestTensors.of("w.weight", Shape.of(2, 2, 1), 1, 2, 10, 20);

    assertThat(run((g, x) -> g.headLinear(x, weight)))
        .containsExactly(3, 6, 40, 80, -1, -2, 20, 40);
  }

  @Test
  void mixesEachColumnWithThePositionsBefore() {
    Tensor weight = TestTensors.of("w.weight", Shape.of(2, 3), 7, 10, 1, 7, 100, 1);

    assertThat(run((g, x) -> g.shortConvolution(x, weight, 0))).containsExactly(3, 4, 29, 402);
  }

  @Test
  void scalesByThePosition() {
    float factor = (float) (1 + 0.5 * Math.log(2));

    assertClose(
        run((g, x) -> g.scaleByPosition(x, new PositionTemperature(0.5f, 1, 0))),
        3,
        4,
        -factor,
        2 * factor);
  }

  @Test
  void closingTheBackendClosesItsExecutables() {
    GraphBuilder builder = new GraphBuilder();
    Graph graph = builder.build(builder.selectOutputs(builder.embed(EMBEDDING)));
    Backend backend = new ReferenceBackend(BackendOptions.automatic());
    Executable executable = backend.compile(graph, KV, LIMITS);
    backend.close();
    Batch batch = new Batch(new int[1], new int[1], new int[1], new int[][] {{0}}, new int[0]);

    assertThatThrownBy(() -> executable.run(batch, new float[0]))
        .isInstanceOf(TensorException.class);
    assertThatThrownBy(() -> backend.compile(graph, KV, LIMITS))
        .isInstanceOf(TensorException.class);
  }

  @Test
  void estimatesWeightsAndWorkspace() {
    GraphBuilder builder = new GraphBuilder();
    Graph graph = builder.build(builder.selectOutputs(builder.embed(EMBEDDING)));
    try (Backend backend = new ReferenceBackend(BackendOptions.automatic())) {
      assertThat(backend.estimate(graph, KV, new BatchLimits(4, 1)))
          .isEqualTo(new MemoryEstimate(16, 0, (4 + 1) * 2 * 4));
    }
  }
}
