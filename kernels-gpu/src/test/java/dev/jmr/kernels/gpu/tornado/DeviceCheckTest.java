package dev.jmr.kernels.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceCheckTest {
  private static final KvLayout KV = new KvLayout(TensorType.F16, 1);
  private static final BatchLimits LIMITS = new BatchLimits(16, 1);

  /// A device that is the processor, but for one number of long batches or of single tokens.
  private record Wrong(Executable executable, int tokens, float by) implements Executable {
    @Override
    public void run(Batch batch, float[] logits) {
      executable.run(batch, logits);
      if (batch.tokenCount() == tokens) {
        logits[3] += by;
      }
    }

    @Override
    public void close() {
      executable.close();
    }
  }

  @Test
  void refusesADeviceThatComputesOtherNumbers() {
    check(0, 0);
    assertThatThrownBy(() -> check(12, 1))
        .isInstanceOf(TensorException.class)
        .hasMessageStartingWith("the device computes wrong numbers: ");
    assertThatThrownBy(() -> check(1, 1)).hasMessageContaining("for 1 tokens");
    assertThatThrownBy(() -> check(1, Float.NaN)).hasMessageContaining("use --backend cpu");
    assertThatCode(() -> check(1, 1e-4f)).doesNotThrowAnyException();
  }

  private static void check(int tokens, float by) {
    try (Arena arena = Arena.ofConfined();
        Backend host =
            Backends.named(Backends.candidates(), "reference").open(BackendOptions.automatic())) {
      Graph graph = graph(arena);
      Executable device = host.compile(graph, KV, LIMITS);
      DeviceCheck.check(new Wrong(device, tokens, by), graph, KV, LIMITS);
    }
  }

  private static Graph graph(Arena arena) {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.selectOutputs(builder.embed(weight(arena)));
    return builder.build(x, builder.linear(x, weight(arena)));
  }

  private static Tensor weight(Arena arena) {
    MemorySegment data = arena.allocate(32 * 32 * Float.BYTES, 64);
    Random random = new Random(3);
    for (int i = 0; i < 32 * 32; i++) {
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat(-1, 1));
    }
    return new Tensor("weight", TensorType.F32, Shape.of(32, 32), data);
  }
}
