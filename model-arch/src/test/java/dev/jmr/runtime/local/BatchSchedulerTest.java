package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchSchedulerTest {
  /// Bytes that a decoded token may cost outside of the executable: its event, and its text on the way there. It was 250.
  private static final long BYTES_PER_TOKEN = 512;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LoadedModel loaded =
      LoadedModel.load(
          EngineFixture.artifact().file(), OPTIONS.withMaxSequences(2).withPromptChunk(32));
  private final StepCounters counters = new StepCounters();
  private final ProgramPlan plan = loaded.generationPlan();
  private final Executable compiled = plan.compile(loaded.backend());

  @AfterEach
  void close() {
    compiled.close();
    loaded.close();
  }

  private BatchScheduler scheduler(Executable executable, int pageCount) {
    return new BatchScheduler(
        executable,
        loaded.tokenizer(),
        new PagePool(pageCount, true),
        SchedulerLimits.of(plan, loaded.options()),
        counters);
  }

  private BatchScheduler scheduler() {
    return scheduler(compiled, plan.kv().pageCount());
  }

  private static LocalGeneration admit(BatchScheduler scheduler, int maxTokens, int... prompt) {
    LocalGeneration generation = new LocalGeneration();
    scheduler.admit(new QueuedRequest(prompt, request(maxTokens, prompt), generation));
    return generation;
  }

  /// Runs as `executable` does, then lets `after` change the logits.
  private record Changed(Executable executable, BiConsumer<Batch, float[]> after)
      implements Executable {
    @Override
    public void run(Batch batch, float[] logits) {
      executable.run(batch, logits);
      after.accept(batch, logits);
    }

    @Override
    public void close() {
      executable.close();
    }
  }

  @Test
  void takesPagesAsTheyAreNeededAndGivesThemBackAtTheEnd() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    int all = scheduler.pages().availableCount();
    LocalGeneration generation = admit(scheduler, 32, GOLDEN.promptIds());

    scheduler.step();
    assertThat(scheduler.pages().availableCount()).isEqualTo(all - 1);
    scheduler.step();
    assertThat(scheduler.pages().availableCount()).isEqualTo(all - 2);
    while (!scheduler.idle()) {
      scheduler.step();
    }
    assertThat(scheduler.pages().availableCount()).isEqualTo(all);
    assertThat(Answer.of(generation).text()).isEqualTo(goldenText(32));
  }

  @Test
  void cancelledSequencesLoseTheirPagesBeforeTheNextStep() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    int all = scheduler.pages().availableCount();
    LocalGeneration cancelled = admit(scheduler, 32, GOLDEN.promptIds());
    LocalGeneration closed = admit(scheduler, 32, GOLDEN.promptIds());
    scheduler.step();
    cancelled.cancel();
    closed.close();
    scheduler.step();

    assertThat(scheduler.idle()).isTrue();
    assertThat(scheduler.pages().availableCount()).isEqualTo(all);
    Answer answer = Answer.of(cancelled);
    assertThat(answer.finished().reason()).isEqualTo(Reason.CANCELLED);
    assertThat(answer.progress()).containsExactly(32);
  }

  @Test
  void aSequenceWhoseTimeIsUpEndsBeforeTheNextStep() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    LocalGeneration generation = new LocalGeneration();
    QueuedRequest late =
        new QueuedRequest(
            GOLDEN.promptIds(),
            3,
            request(8, GOLDEN.promptIds()),
            AnswerPlan.FREE,
            new Deadline(true, System.nanoTime()),
            generation);
    scheduler.admit(late);
    LocalGeneration other = admit(scheduler, 1, 1, 2, 3);
    scheduler.step();

    Answer answer = Answer.of(generation);
    assertThat(answer.finished().reason()).isEqualTo(Reason.LENGTH);
    assertThat(answer.finished().usage()).isEqualTo(new Usage(36, 0, 0, 3));
    assertThat(Answer.of(other).tokens()).isEqualTo(1);
    assertThat(late.cancelled()).isTrue();
  }

  @Test
  void decodesWhileAnotherPromptIsProcessed() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    LocalGeneration first = admit(scheduler, 3, 1, 2, 3);
    scheduler.step();
    LocalGeneration second = admit(scheduler, 1, GOLDEN.promptIds());
    while (!scheduler.idle()) {
      scheduler.step();
    }

    assertThat(Answer.of(first).tokens()).isEqualTo(3);
    Answer answer = Answer.of(second);
    assertThat(answer.progress()).containsExactly(31, 36);
    assertThat(answer.text()).isEqualTo(goldenText(1));
  }

  /// So many tokens, all the same: those of `token` are like no others.
  private static int[] prompt(int token, int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, token);
    return ids;
  }

  @Test
  void thePromptWithTheLeastLeftGoesFirst() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    LocalGeneration first = admit(scheduler, 1, GOLDEN.promptIds());
    LocalGeneration second = admit(scheduler, 1, prompt(5, 10));
    scheduler.step();
    assertThat(Answer.of(second).progress()).containsExactly(10);
    scheduler.step();

    Answer answer = Answer.of(first);
    assertThat(answer.progress()).containsExactly(22, 36);
    assertThat(answer.text()).isEqualTo(goldenText(1));
  }

  @Test
  void ofPromptsAsLongAsEachOtherTheOldestGoesFirst() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    LocalGeneration first = admit(scheduler, 1, prompt(5, 40));
    LocalGeneration second = admit(scheduler, 1, prompt(6, 40));
    while (!scheduler.idle()) {
      scheduler.step();
    }

    assertThat(Answer.of(first).progress()).containsExactly(32, 40);
    assertThat(Answer.of(second).progress()).containsExactly(24, 40);
  }

  @Test
  void theOldestPromptHasHalfOfEachStepWhateverComes() throws InterruptedException {
    BatchScheduler scheduler = scheduler();
    LocalGeneration longest = admit(scheduler, 1, prompt(5, 96));
    for (int i = 6; i < 10; i++) {
      admit(scheduler, 1, prompt(i, 32));
    }
    while (!scheduler.idle()) {
      scheduler.step();
    }

    assertThat(Answer.of(longest).progress()).startsWith(16, 32, 48, 64);
  }

  @Test
  void aStepThatFailsEndsItsSequencesWithTheCause() {
    IllegalStateException broken = new IllegalStateException("device lost");
    Executable executable =
        new Changed(
            compiled,
            (batch, _) -> {
              if (batch.tokens()[0] == 7) {
                throw broken;
              }
            });
    BatchScheduler scheduler = scheduler(executable, 4);
    LocalGeneration failing = admit(scheduler, 8, 7, 8, 9);
    scheduler.step();

    assertThatThrownBy(failing::next)
        .isInstanceOf(EngineException.class)
        .hasMessage("generation failed: device lost")
        .hasRootCause(broken);
    assertThat(scheduler.pages().availableCount()).isEqualTo(4);

    LocalGeneration working = admit(scheduler, 1, GOLDEN.promptIds());
    scheduler.step();
    scheduler.step();
    assertThat(scheduler.idle()).isTrue();
    assertThat(working.cancelled()).isFalse();
  }

  @Test
  void logitsThatAreNotNumbersEndOnlyTheirSequence() throws InterruptedException {
    Executable executable =
        new Changed(
            compiled,
            (batch, logits) -> {
              if (batch.outputCount() == 2) {
                logits[5] = Float.NaN;
              }
            });
    BatchScheduler scheduler = scheduler(executable, plan.kv().pageCount());
    LocalGeneration first = admit(scheduler, 2, 1, 2, 3);
    LocalGeneration second = admit(scheduler, 2, 1, 2, 3);
    scheduler.step();
    scheduler.step();

    assertThat(first.next()).isInstanceOf(PromptProgress.class);
    assertThatThrownBy(first::next)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("logit of token 5: expected a finite number, got NaN");
    assertThat(Answer.of(second).tokens()).isEqualTo(2);
    assertThat(scheduler.pages().availableCount()).isEqualTo(plan.kv().pageCount());
  }

  @Test
  void stopsWhereTheModelEndsItsTurn() throws InterruptedException {
    int end = loaded.tokenizer().specialTokens().eos().orElseThrow();
    Executable executable = new Changed(compiled, (_, logits) -> logits[end] = 1e9f);
    BatchScheduler scheduler = scheduler(executable, plan.kv().pageCount());
    LocalGeneration generation = admit(scheduler, 8, 1, 2, 3);
    scheduler.step();

    Answer answer = Answer.of(generation);
    assertThat(scheduler.idle()).isTrue();
    assertThat(answer.finished().reason()).isEqualTo(Reason.STOP);
    assertThat(answer.tokens()).isEqualTo(1);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void aSequenceThatFindsNoPageEndsWithAnError() throws InterruptedException {
    BatchScheduler scheduler = scheduler(compiled, 1);
    LocalGeneration generation = admit(scheduler, 8, GOLDEN.promptIds());
    scheduler.step();
    scheduler.step();

    assertThat(generation.next()).isInstanceOf(PromptProgress.class);
    assertThatThrownBy(generation::next)
        .hasMessage("key-value cache: expected a free page, got none of 1");
    assertThat(scheduler.pages().availableCount()).isEqualTo(1);
  }

  /// Counts the bytes that the executable itself allocates, which its own backend answers for.
  private static final class Measured implements Executable {
    private final Executable executable;
    private long bytes;

    Measured(Executable executable) {
      this.executable = executable;
    }

    @Override
    public void run(Batch batch, float[] logits) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      executable.run(batch, logits);
      bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Override
    public void close() {
      executable.close();
    }
  }

  @Test
  void decodingAllocatesLittleMoreThanItsEvents() {
    Measured executable = new Measured(compiled);
    BatchScheduler scheduler = scheduler(executable, plan.kv().pageCount());
    admit(scheduler, 300, GOLDEN.promptIds());
    admit(scheduler, 300, GOLDEN.promptIds());
    for (int i = 0; i < 50; i++) {
      scheduler.step();
    }
    executable.bytes = 0;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      scheduler.step();
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before - executable.bytes;

    assertThat(scheduler.hasFreeSlot()).as("a sequence ended early").isFalse();
    assertThat(bytes / 200).as("bytes per token").isPositive().isLessThan(BYTES_PER_TOKEN);
  }
}
