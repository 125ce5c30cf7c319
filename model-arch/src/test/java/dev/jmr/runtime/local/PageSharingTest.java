package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.goldenText;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.runtime.EngineStats;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageSharingTest {
  private final LoadedModel loaded =
      LoadedModel.load(
          EngineFixture.artifact().file(), OPTIONS.withMaxSequences(4).withPromptChunk(64));
  private final StepCounters counters = new StepCounters();
  private final ProgramPlan plan = loaded.generationPlan();
  private final Executable compiled = plan.compile(loaded.backend());
  private final List<Integer> steps = new ArrayList<>();

  @AfterEach
  void close() {
    compiled.close();
    loaded.close();
  }

  private final class Counting implements Executable {
    @Override
    public void run(Batch batch, float[] logits) {
      steps.add(batch.tokenCount());
      compiled.run(batch, logits);
    }

    @Override
    public void close() {
      compiled.close();
    }
  }

  private BatchScheduler scheduler(int pageCount) {
    return new BatchScheduler(
        new Counting(),
        loaded.tokenizer(),
        new PagePool(pageCount, true),
        SchedulerLimits.of(plan, loaded.options()),
        counters);
  }

  private static LocalGeneration admit(BatchScheduler scheduler, int maxTokens, int... prompt) {
    LocalGeneration generation = new LocalGeneration();
    scheduler.admit(new QueuedRequest(prompt, request(maxTokens, prompt), generation));
    return generation;
  }

  private static void finish(BatchScheduler scheduler) {
    while (!scheduler.idle()) {
      scheduler.step();
    }
  }

  private int tokensRun() {
    return steps.stream().mapToInt(Integer::intValue).sum();
  }

  /// The golden prompt and its answer's tokens.
  private static int[] goldenIds(int answer) {
    return IntStream.concat(
            Arrays.stream(GOLDEN.promptIds()), Arrays.stream(GOLDEN.greedyIds()).limit(answer))
        .toArray();
  }

  @Test
  void aSecondTurnProcessesOnlyWhatIsNew() throws InterruptedException {
    BatchScheduler scheduler = scheduler(32);
    LocalGeneration first = admit(scheduler, 30, GOLDEN.promptIds());
    finish(scheduler);
    steps.clear();
    LocalGeneration second = admit(scheduler, 2, goldenIds(30));
    finish(scheduler);

    assertThat(Answer.of(first).finished().usage().cachedTokens()).isZero();
    Answer answer = Answer.of(second);
    assertThat(answer.finished().usage().cachedTokens()).isEqualTo(64);
    assertThat(answer.finished().usage().promptTokens()).isEqualTo(66);
    assertThat(goldenText(32)).isEqualTo(goldenText(30) + answer.text());
    assertThat(steps).containsExactly(2, 1);
    EngineStats stats = counters.look(3);
    assertThat(stats.waiting()).isEqualTo(3);
    assertThat(stats.cachedTokens()).isEqualTo(64);
    assertThat(stats.generatedTokens()).isEqualTo(32);
    assertThat(stats.promptTokens()).isEqualTo(36 - 1 + 2 - 1);
    assertThat(stats.steps()).isEqualTo(32);
    assertThat(stats.usedPages()).isZero();
    assertThat(stats.cachedPages()).isEqualTo(2);
  }

  @Test
  void answersOfOnePromptProcessItOnce() throws InterruptedException {
    BatchScheduler scheduler = scheduler(32);
    List<LocalGeneration> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(admit(scheduler, 8, goldenIds(30)));
    }
    scheduler.step();
    scheduler.step();

    assertThat(scheduler.pages().usedCount()).as("pages of all").isEqualTo(2 + 4);
    finish(scheduler);
    assertThat(tokensRun()).isEqualTo(66 + 3 * 2 + 4 * 7);
    for (int i = 1; i < 4; i++) {
      assertThat(Answer.of(answers.get(i)).finished().usage().cachedTokens()).isEqualTo(64);
    }
    assertThat(scheduler.pages().usedCount()).isZero();
  }

  @Test
  void anotherTakesOverWhenTheOneThatProcessesACommonPromptIsCancelled()
      throws InterruptedException {
    BatchScheduler scheduler = scheduler(32);
    int[] prompt = goldenIds(32);
    LocalGeneration first = admit(scheduler, 1, prompt);
    LocalGeneration second = admit(scheduler, 1, goldenIds(30));
    scheduler.step();
    first.cancel();
    finish(scheduler);

    assertThat(Answer.of(second).finished().usage().cachedTokens()).isEqualTo(64);
    assertThat(tokensRun()).isEqualTo(66);
  }

  @Test
  void whoeverHasNoPagesRestsAndAnswersAsBefore() throws InterruptedException {
    BatchScheduler scheduler = scheduler(4);
    int[] other = {1, 300, 301, 302, 290};
    LocalGeneration alone = admit(scheduler, 60, other);
    finish(scheduler);
    String expected = Answer.of(alone).text();
    steps.clear();
    LocalGeneration first = admit(scheduler, 32, GOLDEN.promptIds());
    LocalGeneration second = admit(scheduler, 60, other);
    LocalGeneration third = admit(scheduler, 60, 1, 300, 301, 302, 291);
    finish(scheduler);

    assertThat(counters.look(0).preemptions()).isPositive();
    assertThat(Answer.of(first).text()).isEqualTo(goldenText(32));
    Answer answer = Answer.of(second);
    assertThat(answer.text()).isEqualTo(expected);
    assertThat(answer.progress()).containsExactly(5);
    assertThat(Answer.of(third).tokens()).isPositive();
    assertThat(scheduler.pages().availableCount()).isEqualTo(4);
  }

  @Test
  void whoeverRestsCanBeCancelled() throws InterruptedException {
    BatchScheduler scheduler = scheduler(4);
    LocalGeneration first = admit(scheduler, 32, GOLDEN.promptIds());
    LocalGeneration second = admit(scheduler, 60, 1, 300, 301);
    while (counters.look(0).preemptions() == 0 && !scheduler.idle()) {
      scheduler.step();
    }
    second.cancel();
    scheduler.step();

    assertThat(Answer.of(second).finished().usage().completionTokens()).isPositive();
    finish(scheduler);
    assertThat(Answer.of(first).text()).isEqualTo(goldenText(32));
  }
}
