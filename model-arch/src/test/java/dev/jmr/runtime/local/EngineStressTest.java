package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.OPTIONS;
import static dev.jmr.runtime.local.EngineFixture.load;
import static dev.jmr.runtime.local.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOverloadedException;
import dev.jmr.runtime.EngineStats;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationLimits;
import dev.jmr.runtime.GenerationRequest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Many users at once, who begin alike or not, read, cancel and go away, on an engine with few pages and a short queue.
class EngineStressTest {
  private static final int USERS = 12;
  private static final int ROUNDS = 40;
  private static final int CONTEXT = 160;
  private static final long GROWTH = 16 << 20;

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private record Case(GenerationRequest request, String answer) {}

  /// Prompts of which many begin alike, and what they are answered alone.
  private static List<Case> cases() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(11);
    List<Case> cases = new ArrayList<>();
    try (Engine engine = load(OPTIONS.withContextLength(CONTEXT))) {
      for (int i = 0; i < 12; i++) {
        int[] prompt = new int[random.nextInt(1, 120)];
        int begin = random.nextInt(2) * 37;
        Arrays.setAll(prompt, at -> at < 70 ? 260 + (at * 5 + begin) % 90 : random.nextInt(3, 380));
        boolean shifts = i % 4 == 3;
        GenerationRequest request =
            request(shifts ? 150 : 60, prompt)
                .withLimits(
                    GenerationLimits.STANDARD.withOverflow(new ContextOverflow(false, shifts, i)));
        cases.add(new Case(request, Answer.of(engine.submit(request)).text()));
      }
    }
    return cases;
  }

  /// An answer that was cancelled may end with what stands for the half of a character.
  private static String withoutHalfCharacter(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\uFFFD') {
      end--;
    }
    return text.substring(0, end);
  }

  /// One after the other; some are cancelled, some left.
  private void use(Engine engine, List<Case> cases, SplittableRandom random)
      throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      Case chosen = cases.get(random.nextInt(cases.size()));
      try (Generation generation = engine.submit(chosen.request())) {
        int patience = random.nextInt(3) == 0 ? random.nextInt(20) : Integer.MAX_VALUE;
        boolean leaves = random.nextBoolean();
        StringBuilder text = new StringBuilder();
        for (int events = 0; events <= patience || !leaves; events++) {
          if (events == patience) {
            generation.cancel();
          }
          GenerationEvent event = generation.next();
          if (event instanceof GenerationEvent.TextDelta delta) {
            text.append(delta.text());
          } else if (event instanceof Finished finished) {
            if (finished.reason() == Reason.CANCELLED) {
              assertThat(chosen.answer()).startsWith(withoutHalfCharacter(text.toString()));
            } else {
              assertThat(text).hasToString(chosen.answer());
              answered.incrementAndGet();
            }
            break;
          }
        }
      } catch (EngineOverloadedException busy) {
        refused.incrementAndGet();
      }
    }
  }

  private void round(Engine engine, List<Case> cases, int seed)
      throws InterruptedException, ExecutionException {
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      ConcurrentLinkedQueue<Future<?>> all = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < USERS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 100L + i);
        all.add(
            users.submit(() -> {
              use(engine, cases, random);
              return true;
            }));
      }
      for (Future<?> user : all) {
        user.get();
      }
    }
    while (engine.stats().running() + engine.stats().waiting() > 0) {
      Thread.onSpinWait();
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void everyAnswerIsAsAloneAndNothingIsLeftBehind()
      throws InterruptedException, ExecutionException {
    List<Case> cases = cases();
    try (Engine engine =
        load(
            OPTIONS
                .withContextLength(CONTEXT)
                .withMaxSequences(6)
                .withCacheTokens(12 * 32)
                .withQueueCapacity(4)
                .withPromptChunk(48))) {
      round(engine, cases, 1);
      long before = heap();
      for (int seed = 2; seed < 5; seed++) {
        round(engine, cases, seed);
      }

      assertThat(heap() - before).as("growth of the heap").isLessThan(GROWTH);
      EngineStats stats = engine.stats();
      assertThat(answered.get()).isGreaterThan(USERS);
      assertThat(refused.get()).isPositive();
      assertThat(stats.usedPages()).isZero();
      assertThat(stats.pages()).isEqualTo(12);
      assertThat(stats.cachedPages()).isPositive();
      assertThat(stats.cachedTokens()).isPositive();
      assertThat(stats.preemptions()).isPositive();
    }
  }
}
