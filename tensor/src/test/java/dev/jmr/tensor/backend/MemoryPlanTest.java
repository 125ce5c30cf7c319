package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.tensor.TestTensors;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final BatchLimits LIMITS = new BatchLimits(7, 2);

  @Test
  void neverPutsLivingValuesOnTopOfEachOther() {
    for (int seed = 0; seed < 200; seed++) {
      assertPlanIsSound(random(seed), LIMITS);
    }
    assertPlanIsSound(layers(3), LIMITS);
    assertPlanIsSound(layers(3), new BatchLimits(1, 1));
  }

  @Test
  void doesNotGrowWithTheNumberOfLayers() {
    long two = MemoryPlan.of(layers(2), LIMITS).size();

    assertThat(MemoryPlan.of(layers(40), LIMITS).size()).isEqualTo(two);
  }

  @Test
  void reusesTheRoomOfDeadValues() {
    GraphBuilder builder = new GraphBuilder();
    Value a = builder.embed(TestTensors.zeros("token_embd.weight", 4, 16));
    Value b = builder.add(a, a);
    Value c = builder.add(b, b);
    Graph graph = builder.build(builder.selectOutputs(c));
    MemoryPlan plan = MemoryPlan.of(graph, new BatchLimits(2, 2));

    assertThat(plan.offset(c)).isEqualTo(plan.offset(a));
    assertThat(plan.offset(b)).isNotEqualTo(plan.offset(a));
    assertThat(plan.size()).isEqualTo(2 * 2 * 16);
  }

  @Test
  void sizesSelectedRowsByTheLimitOfOutputs() {
    GraphBuilder builder = new GraphBuilder();
    Value a = builder.embed(TestTensors.zeros("token_embd.weight", 4, 16));
    Graph graph = builder.build(builder.selectOutputs(a));

    assertThat(MemoryPlan.of(graph, new BatchLimits(512, 1)).size()).isEqualTo(513 * 16);
  }

  private static void assertPlanIsSound(Graph graph, BatchLimits limits) {
    MemoryPlan plan = MemoryPlan.of(graph, limits);
    int steps = graph.ops().size();
    for (int step = 0; step < steps; step++) {
      List<Value> living = living(graph, step);
      for (Value value : living) {
        assertThat(plan.offset(value) % MemoryPlan.ALIGNMENT).isZero();
        assertThat(end(plan, value, limits)).isLessThanOrEqualTo(plan.size());
        for (Value other : living) {
          boolean apart =
              value.equals(other)
                  || end(plan, value, limits) <= plan.offset(other)
                  || end(plan, other, limits) <= plan.offset(value);
          assertThat(apart).as("%s and %s at step %d", value, other, step).isTrue();
        }
      }
    }
  }

  /// What operation `step` reads and writes, and what an earlier one wrote and a later one still reads.
  private static List<Value> living(Graph graph, int step) {
    List<Value> living = new ArrayList<>();
    for (int i = 0; i <= step; i++) {
      Value value = graph.ops().get(i).output();
      boolean readLater =
          graph.ops().subList(step, graph.ops().size()).stream()
              .anyMatch(op -> op.inputs().contains(value));
      if (i == step || readLater || value.equals(graph.result())) {
        living.add(value);
      }
    }
    return living;
  }

  private static long end(MemoryPlan plan, Value value, BatchLimits limits) {
    long rows = value.rows() == Rows.TOKENS ? limits.tokens() : limits.outputs();
    return plan.offset(value) + rows * value.width();
  }

  private static Graph random(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder = new GraphBuilder();
    List<Value> values = new ArrayList<>();
    values.add(builder.embed(TestTensors.zeros("token_embd.weight", 4, 1 + random.nextInt(40))));
    for (int i = 0; i < 25; i++) {
      Value input = values.get(random.nextInt(values.size()));
      Value other = values.get(random.nextInt(values.size()));
      if (other.width() == input.width() && other.rows() == input.rows()) {
        values.add(builder.add(input, other));
      } else if (random.nextInt(6) == 0 && input.rows() == Rows.TOKENS) {
        values.add(builder.selectOutputs(input));
      } else {
        int width = 1 + random.nextInt(40);
        values.add(builder.linear(input, TestTensors.zeros("w" + i, width, input.width())));
      }
    }
    Value last = values.getLast();
    return builder.build(last.rows() == Rows.OUTPUTS ? last : builder.selectOutputs(last));
  }

  private static Graph layers(int count) {
    GraphBuilder builder = new GraphBuilder();
    AttentionSpec attention = new AttentionSpec(4, 2, 8, 1f);
    Value x = builder.embed(TestTensors.zeros("token_embd.weight", 50, 32));
    for (int i = 0; i < count; i++) {
      Value h = builder.rmsNorm(x, TestTensors.zeros("attn_norm", 32), 1e-5f);
      Value q = builder.linear(h, TestTensors.zeros("attn_q", 32, 32));
      Value k = builder.linear(h, TestTensors.zeros("attn_k", 16, 32));
      Value v = builder.linear(h, TestTensors.zeros("attn_v", 16, 32));
      Value attended = builder.attention(q, k, v, i, attention);
      x = builder.add(x, builder.linear(attended, TestTensors.zeros("attn_output", 32, 32)));
      Value n = builder.rmsNorm(x, TestTensors.zeros("ffn_norm", 32), 1e-5f);
      Value gate = builder.linear(n, TestTensors.zeros("ffn_gate", 88, 32));
      Value up = builder.linear(n, TestTensors.zeros("ffn_up", 88, 32));
      Value gated = builder.gatedActivation(gate, up, Glu.SWIGLU);
      x = builder.add(x, builder.linear(gated, TestTensors.zeros("ffn_down", 32, 88)));
    }
    Value outputs = builder.selectOutputs(x);
    return builder.build(builder.linear(outputs, TestTensors.zeros("output", 50, 32)));
  }
}
