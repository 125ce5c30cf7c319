package dev.jmr.server.manager;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.MemoryNeed;
import java.util.OptionalInt;
import java.util.function.Function;

/// How long contexts are where nobody said: as long as the model was trained with, as far as a share of the memory holds the
/// cache of one, and no longer than programs usually need.
public final class ContextChoice {
  /// Tokens that there are in any case, as far as the model was trained with them.
  static final int SHORTEST = 4096;

  static final int LONGEST = 1 << 15;

  /// Of the budget, for the cache of one model.
  private static final int CACHE_SHARE = 4;

  private ContextChoice() {}

  /// As long as a context becomes by itself.
  public static OptionalInt atMost(OptionalInt trained) {
    return trained.isEmpty() ? trained : OptionalInt.of(Math.min(trained.getAsInt(), LONGEST));
  }

  /// The options with a context and a cache.
  ///
  /// @param automatic options that say nothing of the context
  /// @param trained tokens that the model was trained with; empty if unknown
  /// @param budget bytes for all models
  /// @param need what the model takes with some options; asked once
  static EngineOptions of(
      EngineOptions automatic,
      OptionalInt trained,
      long budget,
      Function<EngineOptions, MemoryNeed> need) {
    if (trained.isEmpty() || trained.getAsInt() <= SHORTEST || automatic.cacheTokens() > 0) {
      return automatic;
    }
    EngineOptions one = automatic.withContextLength(SHORTEST).withCacheTokens(SHORTEST);
    MemoryNeed least = need.apply(one);
    long bytesPerToken = Math.max(1, least.kvBytes() / SHORTEST);
    long tokens = budget / CACHE_SHARE / bytesPerToken;
    int context = Math.clamp(tokens, SHORTEST, Math.min(trained.getAsInt(), LONGEST));
    long all = (long) context * automatic.maxSequences();
    int cache = (int) Math.clamp(tokens, context, all);
    boolean fits = least.totalBytes() + (cache - SHORTEST) * bytesPerToken <= budget;
    return fits ? automatic.withContextLength(context).withCacheTokens(cache) : one;
  }
}
