package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.TestModels;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Texts of a causal embedder, up to 100 tokens in a pass.
class EmbeddingSchedulerTest {
  private final LoadedModel loaded =
      LoadedModel.load(
          TestModels.path("tiny-qwen3-embedding"),
          EngineFixture.OPTIONS.withPromptChunk(100).withContextLength(400));
  private final ProgramPlan plan = loaded.embeddingPlan();
  private final Recorded executable = new Recorded(plan.compile(loaded.backend()));
  private final EmbeddingScheduler scheduler = new EmbeddingScheduler(plan, executable);
  private final int pages = scheduler.pages().freeCount();

  /// Notes the tokens and output rows of each pass; token 7 at the front makes it fail.
  private static final class Recorded implements Executable {
    private final Executable executable;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();

    Recorded(Executable executable) {
      this.executable = executable;
    }

    @Override
    public void run(Batch batch, float[] logits) {
      if (batch.tokens()[0] == 7) {
        throw new IllegalStateException("device lost");
      }
      tokens.add(batch.tokenCount());
      outputs.add(batch.outputCount());
      executable.run(batch, logits);
    }

    @Override
    public void close() {
      executable.close();
    }
  }

  @AfterEach
  void close() {
    scheduler.close();
    loaded.close();
  }

  private EmbeddingTask admit(Pooling pooling, int firstToken, int... lengths) {
    List<int[]> texts =
        IntStream.of(lengths)
            .mapToObj(length -> IntStream.range(firstToken, firstToken + length).map(t -> t % 300))
            .map(IntStream::toArray)
            .toList();
    EmbeddingTask task = new EmbeddingTask(EmbeddingTask.Kind.EMBEDDING, pooling, texts);
    scheduler.admit(task);
    return task;
  }

  private void runAll() {
    while (!scheduler.idle()) {
      scheduler.step();
    }
  }

  @Test
  void fillsEveryPassAndPutsOutOneRowPerText() throws InterruptedException {
    EmbeddingTask task = admit(Pooling.LAST, 10, 250, 40, 20, 5);
    assertThat(scheduler.hasRoom()).isFalse();
    runAll();

    assertThat(task.await()).hasDimensions(4, 1);
    assertThat(executable.tokens).containsExactly(100, 100, 100, 15);
    assertThat(executable.outputs).containsExactly(0, 0, 2, 2);
    assertThat(scheduler.hasRoom()).isTrue();
    assertThat(scheduler.pages().freeCount()).isEqualTo(pages);
  }

  @Test
  void putsOutTheRowsThatThePoolingNeeds() {
    admit(Pooling.CLS, 10, 150, 20);
    admit(Pooling.MEAN, 10, 30);
    runAll();

    assertThat(executable.outputs).containsExactly(1, 1 + 30);
  }

  @Test
  void takesAtMostSoManyTextsIntoAPass() {
    admit(Pooling.LAST, 10, IntStream.generate(() -> 1).limit(70).toArray());
    runAll();

    assertThat(executable.tokens).containsExactly(ProgramPlan.MAX_TEXTS, 6);
  }

  @Test
  void aTaskThatNobodyWaitsForLosesItsPages() {
    EmbeddingTask task = admit(Pooling.LAST, 10, 390, 5);
    scheduler.step();
    assertThat(scheduler.pages().freeCount()).isLessThan(pages);
    task.finishCancelled();
    scheduler.step();

    assertThat(scheduler.idle()).isTrue();
    assertThat(scheduler.hasRoom()).isTrue();
    assertThat(scheduler.pages().freeCount()).isEqualTo(pages);
    assertThat(executable.tokens).containsExactly(100);
  }

  @Test
  void aPassThatFailsEndsItsTasksOnly() throws InterruptedException {
    EmbeddingTask failing = admit(Pooling.MEAN, 7, 90, 5);
    EmbeddingTask working = admit(Pooling.MEAN, 10, 50);
    scheduler.step();
    assertThatThrownBy(failing::await)
        .isInstanceOf(EngineException.class)
        .hasMessage("embedding failed: device lost");
    EmbeddingTask later = admit(Pooling.MEAN, 10, 50);
    runAll();

    assertThat(later.await()).hasDimensions(1, 1);
    assertThatThrownBy(working::await).hasMessage("embedding failed: device lost");
    assertThat(scheduler.hasRoom()).isTrue();
    assertThat(scheduler.pages().freeCount()).isEqualTo(pages);
  }

  @Test
  void failingAllEndsEveryTask() {
    EmbeddingTask task = admit(Pooling.MEAN, 10, 200);
    scheduler.step();
    scheduler.failAll(new EngineException("engine was closed"));

    assertThatThrownBy(task::await).hasMessage("engine was closed");
    assertThat(scheduler.pages().freeCount()).isEqualTo(pages);
  }
}
