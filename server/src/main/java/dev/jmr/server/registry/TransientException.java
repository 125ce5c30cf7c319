package dev.jmr.server.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A registry failed in a way that may pass: it is too busy, or ended what it was sending.
public final class TransientException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;

  public TransientException(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public TransientException(String message) {
    this(message, Optional.empty());
  }

  /// How long the registry asks us to wait.
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
