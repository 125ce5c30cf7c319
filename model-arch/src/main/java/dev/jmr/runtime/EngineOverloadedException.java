package dev.jmr.runtime;

import java.time.Duration;

/// A request that was not taken because too many wait already. It may be made again later.
public final class EngineOverloadedException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public EngineOverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /// When there should be room, by how long requests took of late: a second or more.
  public Duration retryAfter() {
    return retryAfter;
  }
}
