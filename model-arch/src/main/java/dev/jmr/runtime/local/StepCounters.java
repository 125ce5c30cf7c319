package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineStats;
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

  /// Takes note of a batch that was run.
  ///
  /// @param sampled tokens that came out of it
  void ran(int tokens, int sampled) {
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
        preemptions);
  }
}
