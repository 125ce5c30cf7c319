package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GraphWorkTest {
  private static final KernelShape.Block SHAPE = new KernelShape.Block("small", 96, 4, 2, 32, 160);

  static Stream<KernelCase> cases() {
    return Arrays.stream(KernelFamily.values())
        .filter(family -> !family.linear())
        .flatMap(family -> Stream.of(1, 40).map(tokens -> kernelCase(family, tokens)));
  }

  private static KernelCase kernelCase(KernelFamily family, int tokens) {
    int depth = family.attends() ? 70 : 0;
    TensorType type = family.usualTypes().getFirst();
    return new KernelCase(family, type, SHAPE, family.places().getFirst(), tokens, depth);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBackendAgreesBeforeAndAfterRunning(KernelCase kernelCase) {
    try (KernelWork work = kernelCase.prepare(2)) {
      work.run(2);
      work.check();
      assertThat(work.callsPerRun()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBackendThatIsSlightlyWrongIsNotTimed(KernelCase kernelCase) {
    Backend wrong = new WrongBackend(GraphWork.open("cpu", 1));
    try (KernelWork work = new GraphWork(kernelCase, SHAPE, wrong)) {
      assertThatThrownBy(work::check)
          .isInstanceOf(KernelBenchException.class)
          .hasMessageContaining(kernelCase.family().label())
          .hasMessageContaining("the kernel is wrong, not timed");
    }
  }

  @Test
  void knowsWhatAttentionReadsAndMultiplies() {
    try (KernelWork one = kernelCase(KernelFamily.ATTENTION, 1).prepare(1);
        KernelWork two = kernelCase(KernelFamily.ATTENTION_PROMPT, 2).prepare(1)) {
      assertThat(one.bytesPerCall()).isEqualTo(71 * 2 * 2 * 32 * 2);
      assertThat(one.flopsPerCall()).isEqualTo(71 * 4 * 32 * 4);
      assertThat(two.flopsPerCall()).isEqualTo((71 + 72) * 4 * 32 * 4);
    }
  }

  /// Makes a mistake in the last element that it puts out.
  private record WrongBackend(Backend right) implements Backend {
    @Override
    public String name() {
      return right.name();
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public String detail() {
      return right.detail();
    }

    @Override
    public MemoryEstimate estimate(Graph graph, KvLayout kv, BatchLimits limits) {
      return right.estimate(graph, kv, limits);
    }

    @Override
    public Executable compile(Graph graph, KvLayout kv, BatchLimits limits) {
      return new WrongExecutable(right.compile(graph, kv, limits), graph.result().width());
    }

    @Override
    public void close() {
      right.close();
    }
  }

  private record WrongExecutable(Executable right, int width) implements Executable {
    @Override
    public void run(Batch batch, float[] logits) {
      right.run(batch, logits);
      logits[batch.outputCount() * width - 1] += 0.01f;
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
