package dev.jmr.tensor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TestTensors;
import org.junit.jupiter.api.Test;

class GraphSplitTest {
  private static final AttentionSpec SPEC = new AttentionSpec(2, 1, 4, 0.5f);
  private final GraphBuilder graph = new GraphBuilder();
  private final Value x = graph.embed(TestTensors.zeros("token_embd.weight", 10, 8));

  private Value block(Value on, int block) {
    Value kv = graph.linear(on, TestTensors.zeros("blk." + block + ".attn_k.weight", 4, 8));
    return graph.add(on, graph.attention(on, kv, kv, block, SPEC));
  }

  @Test
  void handsTheResidualStreamOver() {
    Graph whole = graph.build(graph.selectOutputs(block(block(x, 0), 1)));

    GraphSplit split = GraphSplit.before(whole, 1);

    assertThat(GraphSplit.blockCount(whole)).isEqualTo(2);
    assertThat(split.first())
        .hasToString(
            """
            token_embd[T, 8] = embed(token_embd.weight F32[10, 8])
            blk.0.attn_k[T, 4] = linear(token_embd, blk.0.attn_k.weight F32[4, 8])
            blk.0.attention[T, 8] = attention(token_embd, blk.0.attn_k, blk.0.attn_k, layer=0, %s)
            add[T, 8] = add(token_embd, blk.0.attention)
            add.outputs[outputs, 8] = selectOutputs(add)\
            """
                .formatted(SPEC));
    assertThat(split.second())
        .hasToString(
            """
            add[T, 8] = given(from=0)
            blk.1.attn_k[T, 4] = linear(add, blk.1.attn_k.weight F32[4, 8])
            blk.1.attention[T, 8] = attention(add, blk.1.attn_k, blk.1.attn_k, layer=1, %s)
            add.outputs[outputs, 8] = selectOutputs(add)
            blk.1.attention.outputs[outputs, 8] = selectOutputs(blk.1.attention)
            add[outputs, 8] = add(add.outputs, blk.1.attention.outputs)\
            """
                .formatted(SPEC));
  }

  @Test
  void handsEverythingOverThatIsReadBehindTheBorder() {
    Value side = graph.linear(x, TestTensors.zeros("side.weight", 3, 8));
    Value first = block(x, 0);
    Value second = graph.add(block(first, 1), x);
    Value down = graph.linear(side, TestTensors.zeros("blk.1.down.weight", 8, 3));
    Graph whole = graph.build(graph.selectOutputs(block(graph.add(second, down), 2)));

    GraphSplit split = GraphSplit.before(whole, 1);

    assertThat(split.second().givenWidth()).isEqualTo(8 + 3 + 8);
    assertThat(split.second().ops())
        .filteredOn(Op.Given.class::isInstance)
        .extracting(op -> op.output().name())
        .containsExactly("token_embd", "side", "add");
    assertThat(split.first().result().width()).isEqualTo(split.second().givenWidth());
    assertThat(split.first().values()).extracting(Value::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void leavesWhatHasARowPerOutputToTheSecondPart() {
    Value early = graph.linear(x, TestTensors.zeros("early.weight", 8, 8));
    Value last = graph.add(block(block(x, 0), 1), early);
    Graph whole = graph.build(graph.selectOutputs(last));

    GraphSplit split = GraphSplit.before(whole, 1);

    assertThat(split.first().weights()).hasSize(2);
    assertThat(split.second().weights()).extracting("name").contains("early.weight");
    assertThat(split.second().result()).hasToString("add[outputs, 8]");
  }

  @Test
  void refusesABorderThatIsNotBetweenBlocks() {
    Graph whole = graph.build(graph.selectOutputs(block(block(x, 0), 1)));

    assertThatThrownBy(() -> GraphSplit.before(whole, 0))
        .isInstanceOf(TensorException.class)
        .hasMessage("graph split: expected a block from 1 to 1, got 0");
    assertThatThrownBy(() -> GraphSplit.before(whole, 2)).isInstanceOf(TensorException.class);
  }
}
