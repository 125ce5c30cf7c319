package dev.jmr.runtime;

/// What an engine is doing, and has done since it was loaded.
///
/// @param running requests whose answers are being made
/// @param waiting requests in the queue, and those that were begun and wait for pages
/// @param pageTokens tokens in a page of the key-value cache
/// @param pages of the cache
/// @param usedPages pages that running requests use
/// @param cachedPages pages that nobody uses, which hold the beginnings of earlier requests
/// @param steps batches that were run
/// @param batchTokens tokens of the last batch
/// @param promptTokens of all batches: prompts that were computed, and answers that were computed again
/// @param generatedTokens of all answers
/// @param cachedTokens of prompts that were not computed because earlier requests began alike
/// @param preemptions how often a request lost its pages to an older one, to be computed again
/// @param times how long answers took
public record EngineStats(
    int running,
    int waiting,
    int pageTokens,
    int pages,
    int usedPages,
    int cachedPages,
    long steps,
    int batchTokens,
    long promptTokens,
    long generatedTokens,
    long cachedTokens,
    long preemptions,
    AnswerTimes times) {
  /// Of an engine that does not count.
  public static final EngineStats NONE =
      new EngineStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, AnswerTimes.NONE);

  /// Without times.
  public EngineStats(
      int running,
      int waiting,
      int pageTokens,
      int pages,
      int usedPages,
      int cachedPages,
      long steps,
      int batchTokens,
      long promptTokens,
      long generatedTokens,
      long cachedTokens,
      long preemptions) {
    this(
        running,
        waiting,
        pageTokens,
        pages,
        usedPages,
        cachedPages,
        steps,
        batchTokens,
        promptTokens,
        generatedTokens,
        cachedTokens,
        preemptions,
        AnswerTimes.NONE);
  }
}
