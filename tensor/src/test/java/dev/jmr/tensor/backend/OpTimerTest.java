package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.WeightTraffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpTimerTest {
  private static final Tensor EMBEDDING =
      TestTensors.of("token_embd.weight", Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
  private static final Tensor QUERY =
      TestTensors.of("blk.0.attn_q.weight", Shape.of(2, 2), 1, 2, 3, 4);
  private static final Tensor KEY = TestTensors.of("blk.0.attn_k.weight", Shape.of(1, 2), 1, 2);

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder();
    var x = builder.embed(EMBEDDING);
    var sum = builder.add(builder.linear(x, QUERY), x);
    builder.linear(x, KEY);
    return builder.build(builder.linear(builder.selectOutputs(sum), EMBEDDING));
  }

  @Test
  void addsUpCallsTimesAndWeights() {
    OpTimer timer = new OpTimer(graph().ops().stream().map(OpTimer.Part::of).toList());
    timer.add(2, 50);
    timer.endPass(3, 1);
    OpProfile first = timer.profile();
    timer.add(2, 70);
    timer.add(0, 5);
    timer.endPass(1, 0);
    assertThat(first.entries().get(2))
        .isEqualTo(new OpProfile.Entry("linear", "blk.0.attn_q", "F32", 1, 50, 16));
    assertThat(timer.profile().nanos()).isEqualTo(125);
    OpProfile second = timer.profile().minus(first);
    assertThat(second.nanos()).isEqualTo(75);
    assertThat(second.entries().get(2).calls()).isEqualTo(1);
    assertThat(second.plus(first)).isEqualTo(timer.profile());
    assertThat(OpProfile.EMPTY.plus(first)).isEqualTo(first);
    assertThat(first.minus(OpProfile.EMPTY)).isEqualTo(first);
  }

  @Test
  void namesWhatIsComputedTogether() {
    var ops = graph().ops();
    OpTimer.Part part = OpTimer.Part.of(List.of(ops.get(2), ops.get(4)), "pack", (_, _) -> 0);
    assertThat(part.kind()).isEqualTo("linear/pack");
    assertThat(part.name()).isEqualTo("blk.0.attn_q+attn_k");
    assertThat(part.weights()).isEqualTo("F32");
    assertThat(OpTimer.Part.of(ops.get(3)).weights()).isEmpty();
  }

  @Test
  void countsTheWeightsThatAPassReads() {
    assertThat(WeightTraffic.bytes(graph(), 2, 1)).isEqualTo(2 * 8 + 16 + 8 + 24);
    assertThat(WeightTraffic.bytes(graph(), 2, 0)).isEqualTo(2 * 8);
  }

  @Test
  void refusesProfilesOfOtherGraphs() {
    OpProfile one = new OpProfile(List.of(new OpProfile.Entry("add", "x", "", 1, 1, 0)));
    OpProfile two = new OpProfile(List.of(one.entries().getFirst(), one.entries().getFirst()));
    assertThatThrownBy(() -> two.minus(one))
        .hasMessage("profile: expected one with 2 entries, got 1");
  }
}
