package dev.jmr.tensor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.TestTensors;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder graph = new GraphBuilder();
  private final Value x = graph.embed(TestTensors.zeros("token_embd.weight", 10, 8));

  @Test
  void namesValuesAfterTheirWeights() {
    Value q = graph.linear(x, TestTensors.zeros("blk.3.attn_q.weight", 16, 8));

    assertThat(x).hasToString("token_embd[T, 8]");
    assertThat(q).hasToString("blk.3.attn_q[T, 16]");
  }

  @Test
  void namesTheTensorWhoseColumnsDoNotFit() {
    Tensor weight = TestTensors.zeros("blk.3.attn_q.weight", 16, 9);

    assertThatThrownBy(() -> graph.linear(x, weight))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("linear blk.3.attn_q.weight: expected x[T, 9], got token_embd[T, 8]");
  }

  @Test
  void wantsMatricesForLinearAndVectorsForNorms() {
    Tensor vector = TestTensors.zeros("output_norm.weight", 8);
    Tensor matrix = TestTensors.zeros("output.weight", 10, 8);

    assertThatThrownBy(() -> graph.linear(x, vector))
        .hasMessage("linear output_norm.weight: expected 2 axes, got [8]");
    assertThatThrownBy(() -> graph.rmsNorm(x, matrix, 1e-5f))
        .hasMessage("rms norm output.weight: expected 1 axes, got [10, 8]");
  }

  @Test
  void rejectsNormsThatAreNotFloat32() {
    Tensor half =
        new Tensor(
            "blk.0.attn_norm.weight",
            TensorType.F16,
            Shape.of(8),
            MemorySegment.ofArray(new byte[16]));

    assertThatThrownBy(() -> graph.rmsNorm(x, half, 1e-5f))
        .hasMessage("rms norm blk.0.attn_norm.weight: expected type F32, got F16");
  }

  @Test
  void rejectsEpsilonsThatAreNotNumbers() {
    Tensor weight = TestTensors.zeros("blk.0.attn_norm.weight", 8);

    assertThatThrownBy(() -> graph.rmsNorm(x, weight, Float.NaN))
        .hasMessageContaining("blk.0.attn_norm.weight: expected an epsilon in [0, 1), got NaN");
  }

  @Test
  void normsHeadsOfARow() {
    Tensor weight = TestTensors.zeros("blk.0.attn_q_norm.weight", 4);

    assertThat(graph.rmsNorm(x, weight, 1e-6f).width()).isEqualTo(8);
    assertThatThrownBy(() -> graph.rmsNorm(x, TestTensors.zeros("n.weight", 3), 1e-6f))
        .hasMessage("rms norm n.weight: expected x[T, n · 3], got token_embd[T, 8]");
  }

  @Test
  void namesTheLayerWhoseAttentionDoesNotFit() {
    AttentionSpec spec = new AttentionSpec(2, 1, 4, 0.5f);
    Value kv = graph.linear(x, TestTensors.zeros("blk.7.attn_k.weight", 4, 8));

    assertThat(graph.attention(x, kv, kv, 7, spec)).hasToString("blk.7.attention[T, 8]");
    assertThatThrownBy(() -> graph.attention(kv, kv, kv, 7, spec))
        .hasMessage("attention of layer 7: expected query[T, 8], got blk.7.attn_k[T, 4]");
  }

  @Test
  void wantsValuesOfOneShapeToAdd() {
    Value selected = graph.selectOutputs(x);

    assertThatThrownBy(() -> graph.add(x, selected))
        .hasMessage(
            "add: expected two values of one shape, got token_embd[T, 8] and outputs[outputs, 8]");
  }

  @Test
  void checksEveryWeightOfTheExperts() {
    Tensor router = TestTensors.zeros("blk.0.ffn_gate_inp.weight", 4, 8);
    Tensor up = TestTensors.zeros("blk.0.ffn_up_exps.weight", 4, 6, 8);
    Tensor down = TestTensors.zeros("blk.0.ffn_down_exps.weight", 4, 6, 8);
    ExpertSpec spec = ExpertSpec.of(4, 2, Glu.SWIGLU);
    ExpertWeights weights = ExpertWeights.of(router, up, up, down);

    assertThatThrownBy(() -> graph.mixtureOfExperts(x, weights, spec))
        .hasMessage(
            "mixture of experts blk.0.ffn_down_exps.weight: expected [4, 8, 6], got [4, 6, 8]");
  }

  @Test
  void wantsLogitsOfSelectedRowsOnly() {
    assertThatThrownBy(() -> graph.build(x))
        .hasMessage(
            "graph result: expected [outputs, n] after selectOutputs, got token_embd[T, 8]");
  }

  @Test
  void printsOneLinePerOperation() {
    Tensor output = TestTensors.zeros("output.weight", 10, 8);
    Value selected = graph.selectOutputs(x);
    Graph built = graph.build(selected, graph.linear(selected, output));

    assertThat(built)
        .hasToString(
            """
            token_embd[T, 8] = embed(token_embd.weight F32[10, 8])
            token_embd.outputs[outputs, 8] = selectOutputs(token_embd)
            output[outputs, 10] = linear(token_embd.outputs, output.weight F32[10, 8])\
            """);
    assertThat(built.vocabularySize()).isEqualTo(10);
    assertThat(built.weights())
        .extracting(Tensor::name)
        .containsExactly("token_embd.weight", "output.weight");
    assertThat(built.hasLogits()).isTrue();
    assertThat(built.untilEmbedding().result()).hasToString("token_embd.outputs[outputs, 8]");
    assertThat(built.untilEmbedding().weights())
        .extracting(Tensor::name)
        .containsExactly("token_embd.weight");
    assertThat(built.untilEmbedding().hasLogits()).isFalse();
  }
}
