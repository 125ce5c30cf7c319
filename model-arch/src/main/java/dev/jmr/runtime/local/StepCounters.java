package dev.jmr.runtime.local;

import dev.jmr.runtime.AnswerTimes;
import dev.jmr.runtime.EngineStats;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.tensor.backend.KvLayout;

/// What the engine's thread has done, for any thread to look at. One thread writes; a look may meet it between two numbers.
final class StepCounters {
  private volatile int running;
  private volatile int resting;
  private volatile int pages;
  private volatile int usedPages;
  private volatile int cachedPages;
  private volatile int batchTokens;
  private volatile long steps;
  private volatile long promptTokens;
  private volatile long generatedTokens;
  private volatile long cachedTokens;
  private volatile long preemptions;
  private volatile long sequences;
  private volatile long promptNanos;
  private volatile long generationNanos;
  private volatile long longestTokens;

  private final LatencyCounter firstToken =
      new LatencyCounter(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40,
          80, 160, 640);
  private final LatencyCounter betweenTokens =
      new LatencyCounter(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1,
          2.5, 5);

  /// Takes note of a batch that was run.
  ///
  /// @param sequencesOfIt to which they belong
  /// @param sampled tokens that came out of it
  void ran(int tokens, int sequencesOfIt, int sampled) {
    long sum = sequences + sequencesOfIt;
    sequences = sum;
    set(steps + 1, promptTokens + tokens - sampled, generatedTokens + sampled);
    batchTokens = tokens;
  }

  private void set(long stepCount, long prompt, long generated) {
    steps = stepCount;
    promptTokens = prompt;
    generatedTokens = generated;
  }

  /// Takes note of tokens of a prompt that need not be run.
  void shared(int tokens) {
    long sum = cachedTokens + tokens;
    cachedTokens = sum;
  }

  /// Takes note of an answer's first token.
  ///
  /// @param nanos since its request came
  void began(long nanos) {
    firstToken.count(nanos);
  }

  /// Takes note of any other token.
  ///
  /// @param nanos since the one before
  void grew(long nanos) {
    betweenTokens.count(nanos);
  }

  /// Takes note of the end of an answer.
  ///
  /// @param tokens of prompt and answer
  void ended(Timings timings, int tokens) {
    long prompt = promptNanos + timings.promptNanos();
    promptNanos = prompt;
    long generation = generationNanos + timings.generationNanos();
    generationNanos = generation;
    longestTokens = Math.max(longestTokens, tokens);
  }

  /// Takes note of how things stand between two steps.
  void stand(Roster roster, PagePool pool, long preempted) {
    running = roster.running().size();
    resting = roster.restingCount();
    pages = pool.pageCount();
    usedPages = pool.usedCount();
    cachedPages = pool.cachedCount();
    preemptions = preempted;
  }

  /// How it is now.
  ///
  /// @param queued requests that wait to be begun
  EngineStats look(int queued) {
    return new EngineStats(
        running,
        resting + queued,
        KvLayout.PAGE_TOKENS,
        pages,
        usedPages,
        cachedPages,
        steps,
        batchTokens,
        promptTokens,
        generatedTokens,
        cachedTokens,
        preemptions,
        new AnswerTimes(
            firstToken.look(),
            betweenTokens.look(),
            promptNanos / 1e9,
            generationNanos / 1e9,
            longestTokens,
            sequences));
  }
}
