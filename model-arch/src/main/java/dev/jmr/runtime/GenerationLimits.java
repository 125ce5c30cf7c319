package dev.jmr.runtime;

import java.time.Duration;
import java.util.Optional;

/// What bounds a request besides its number of tokens.
///
/// @param overflow what happens when the context is full
/// @param time from [Engine#submit] on; an answer that takes longer ends with [GenerationEvent.Reason#LENGTH], even in the
///     queue. A step that runs is not broken off
public record GenerationLimits(ContextOverflow overflow, Optional<Duration> time) {
  /// Nothing may overflow, and there is time.
  public static final GenerationLimits STANDARD =
      new GenerationLimits(ContextOverflow.REFUSED, Optional.empty());

  /// @throws IllegalArgumentException if the time is not positive
  public GenerationLimits {
    if (time.isPresent() && !time.get().isPositive()) {
      throw new IllegalArgumentException(
          "time limit: expected a positive duration, got " + time.get());
    }
  }

  public GenerationLimits withOverflow(ContextOverflow other) {
    return new GenerationLimits(other, time);
  }

  public GenerationLimits withTime(Duration limit) {
    return new GenerationLimits(overflow, Optional.of(limit));
  }
}
