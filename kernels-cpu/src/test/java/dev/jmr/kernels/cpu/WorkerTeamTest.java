package dev.jmr.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.kernels.cpu.stage.AttentionSizes;
import dev.jmr.kernels.cpu.stage.Program;
import dev.jmr.kernels.cpu.stage.Stage;
import dev.jmr.kernels.cpu.stage.Step;
import dev.jmr.kernels.cpu.stage.Worker;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTeamTest {
  private static final int STAGES = 50;

  /// Adds what the stage before it left, so that a stage that begins too early is seen.
  private record Sum(int index, int width, AtomicIntegerArray sums) implements Stage {
    @Override
    public int chunks(Step step) {
      return width;
    }

    @Override
    public void run(int chunk, Step step, Worker worker) {
      int before = index == 0 ? 1 : sums.get(index - 1);
      sums.addAndGet(index, before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void computesEveryChunkOnceAndStagesInOrder(int threads) {
    AtomicIntegerArray sums = new AtomicIntegerArray(STAGES);
    Stage[] stages = new Stage[STAGES];
    Arrays.setAll(stages, i -> new Sum(i, i % 9 == 8 ? 3 : 1, sums));
    try (WorkerTeam team = team(stages, threads)) {
      for (int run = 0; run < 500; run++) {
        for (int i = 0; i < STAGES; i++) {
          sums.set(i, 0);
        }
        team.run();
        assertThat(sums.get(STAGES - 1)).isEqualTo(3 * 3 * 3 * 3 * 3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void handsAFailureToTheCallerAndGoesOn(int threads) {
    AtomicBoolean fails = new AtomicBoolean(true);
    Stage failing =
        new Stage() {
          @Override
          public int chunks(Step step) {
            return 16;
          }

          @Override
          public void run(int chunk, Step step, Worker worker) {
            if (chunk == 11 && fails.get()) {
              throw new IllegalStateException("chunk 11");
            }
          }
        };
    try (WorkerTeam team = team(new Stage[] {failing, failing}, threads)) {
      assertThatThrownBy(team::run).hasMessage("chunk 11");
      fails.set(false);
      team.run();
      fails.set(true);
      assertThatThrownBy(team::run).hasMessage("chunk 11");
    }
  }

  private static WorkerTeam team(Stage[] stages, int threads) {
    var sizes = new Program.Sizes(1, 0, new int[0], AttentionSizes.NONE, 96);
    Worker[] workers = new Worker[threads];
    Arrays.setAll(workers, _ -> new Worker(sizes));
    return new WorkerTeam(stages, new Step(sizes), workers, Optional.empty());
  }
}
