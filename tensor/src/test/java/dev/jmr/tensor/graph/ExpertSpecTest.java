package dev.jmr.tensor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpertSpecTest {
  private static final ExpertSpec SPEC = ExpertSpec.of(8, 3, Glu.SWIGLU);

  private final GraphBuilder graph = new GraphBuilder();
  private final Value x = graph.embed(TestTensors.zeros("token_embd.weight", 10, 8));
  private final Tensor router = TestTensors.zeros("ffn_gate_inp.weight", 8, 8);
  private final ExpertMatrices up =
      ExpertMatrices.of(TestTensors.zeros("ffn_up_exps.weight", 8, 6, 8));
  private final ExpertMatrices down =
      ExpertMatrices.of(TestTensors.zeros("ffn_down_exps.weight", 8, 8, 6));

  private void assertRejected(ExpertWeights weights, String message) {
    assertThatThrownBy(() -> graph.mixtureOfExperts(x, weights, SPEC))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("mixture of experts " + message);
  }

  private ExpertWeights weights(ExpertMatrices gate) {
    return new ExpertWeights(router, Optional.empty(), Optional.empty(), gate, up, down);
  }

  @Test
  void usesSomeOfTheExperts() {
    assertThatThrownBy(() -> ExpertSpec.of(4, 5, Glu.SWIGLU))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("mixture of experts: expected expert_used_count in 1..4, got 5");
  }

  @Test
  void scalesByANumber() {
    assertThatThrownBy(() -> SPEC.withWeightsScale(Float.NaN))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("mixture of experts: expected a finite expert_weights_scale, got NaN");
  }

  @Test
  void dividesIntoGroupsThatAreLargeEnough() {
    assertThat(SPEC.withGroups(4, 2).groupLength()).isEqualTo(2);
    assertThatThrownBy(() -> SPEC.withGroups(4, 5))
        .hasMessage("mixture of experts: expected expert_group_used_count in 1..4, got 5");
    assertThatThrownBy(() -> SPEC.withGroups(8, 5))
        .hasMessage(
            "mixture of experts: expected expert_group_count to make groups of two or more of 8 experts, got 8");
    assertThatThrownBy(() -> SPEC.withGroups(4, 1))
        .hasMessage(
            "mixture of experts: expected at most the 2 experts of 1 groups to be used, got expert_used_count 3");
  }

  @Test
  void namesTheMatricesThatDoNotFit() {
    assertRejected(
        weights(ExpertMatrices.of(TestTensors.zeros("ffn_gate_exps.weight", 8, 5, 8))),
        "ffn_up_exps.weight: expected [8, 5, 8], got [8, 6, 8]");
    Tensor both = TestTensors.zeros("ffn_gate_up_exps.weight", 8, 12, 8);
    assertRejected(
        weights(new ExpertMatrices(both, Optional.empty(), 0, 5)),
        "ffn_up_exps.weight: expected [8, 5, 8], got [8, 6, 8]");
    assertThatThrownBy(() -> new ExpertMatrices(both, Optional.empty(), 7, 6))
        .hasMessage(
            "mixture of experts ffn_gate_up_exps.weight: expected rows in 0..11 of each expert, got 6 from 7 on");
    assertThatThrownBy(() -> ExpertMatrices.of(router))
        .hasMessage("mixture of experts ffn_gate_inp.weight: expected 3 axes, got [8, 8]");
  }

  @Test
  void namesTheBiasesThatDoNotFit() {
    Tensor wrong = TestTensors.zeros("ffn_gate_exps.bias", 8, 5);
    assertRejected(
        weights(ExpertMatrices.of(up.weight(), Optional.of(wrong))),
        "ffn_gate_exps.bias: expected [8, 6], got [8, 5]");
    Tensor half =
        new Tensor(
            "exp_probs_b.bias", TensorType.F16, Shape.of(8), MemorySegment.ofArray(new byte[16]));
    assertRejected(
        new ExpertWeights(router, Optional.empty(), Optional.of(half), up, up, down),
        "exp_probs_b.bias: expected type F32, got F16");
  }

  @Test
  void readsWhatIsUsedAtMost() {
    Value y = graph.mixtureOfExperts(x, weights(up), SPEC);
    Graph built = graph.build(graph.selectOutputs(y));
    Op op = built.ops().getLast();
    long expert = 4 * 3 * 6 * 8;
    assertThat(op).isInstanceOf(Op.MixtureOfExperts.class);
    assertThat(WeightTraffic.bytes(op, 9, 0)).isZero();
    assertThat(WeightTraffic.bytes(op, 9, 1)).isEqualTo(4 * 64 + 3 * expert);
    assertThat(WeightTraffic.bytes(op, 9, 5)).isEqualTo(4 * 64 + 8 * expert);
  }
}
