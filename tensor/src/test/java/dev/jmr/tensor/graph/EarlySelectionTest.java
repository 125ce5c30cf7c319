package dev.jmr.tensor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TestTensors;
import org.junit.jupiter.api.Test;

class EarlySelectionTest {
  private static final AttentionSpec SPEC = new AttentionSpec(2, 1, 4, 0.5f);
  private final GraphBuilder graph = new GraphBuilder();
  private final Value x = graph.embed(TestTensors.zeros("token_embd.weight", 10, 8));
  private final Tensor square = TestTensors.zeros("blk.0.ffn_up.weight", 8, 8);

  private Value attend(Value on, int layer) {
    Value kv = graph.linear(on, TestTensors.zeros("blk.0.attn_k.weight", 4, 8));
    return graph.attention(on, kv, kv, layer, SPEC);
  }

  @Test
  void computesWhatFollowsTheLastAttentionForSelectedRowsOnly() {
    Value sum = graph.add(x, attend(x, 0));
    Value fed = graph.add(sum, graph.linear(sum, square));

    assertThat(graph.build(graph.selectOutputs(fed)))
        .hasToString(
            """
            token_embd[T, 8] = embed(token_embd.weight F32[10, 8])
            blk.0.attn_k[T, 4] = linear(token_embd, blk.0.attn_k.weight F32[4, 8])
            blk.0.attention[T, 8] = attention(token_embd, blk.0.attn_k, blk.0.attn_k, layer=0, %s)
            token_embd.outputs[outputs, 8] = selectOutputs(token_embd)
            blk.0.attention.outputs[outputs, 8] = selectOutputs(blk.0.attention)
            add[outputs, 8] = add(token_embd.outputs, blk.0.attention.outputs)
            blk.0.ffn_up[outputs, 8] = linear(add, blk.0.ffn_up.weight F32[8, 8])
            add[outputs, 8] = add(add, blk.0.ffn_up)\
            """
                .formatted(SPEC));
  }

  @Test
  void leavesWhatALaterAttentionReads() {
    Value first = graph.add(x, attend(x, 0));
    Graph built = graph.build(graph.selectOutputs(attend(first, 1)));

    assertThat(built.ops()).hasSize(7);
    assertThat(built.ops().getLast()).isInstanceOf(Op.SelectOutputs.class);
    assertThat(built.result()).hasToString("blk.1.attention.outputs[outputs, 8]");
    assertThat(built.values()).extracting(Value::id).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void selectsAValueOnceForAllWhoReadIt() {
    Value twice = graph.add(attend(x, 0), attend(x, 1));
    Graph built = graph.build(graph.selectOutputs(graph.add(twice, x)));

    assertThat(built.ops()).filteredOn(Op.SelectOutputs.class::isInstance).hasSize(3);
  }
}
