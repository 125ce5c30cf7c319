package dev.jmr.server.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;

/// How often and how soon something is tried again: delays double, with jitter, unless the server
/// names its own.
///
/// @param attempts at most so many in a row without progress, at least 1
/// @param firstDelay before the second attempt
/// @param maxDelay the longest delay, also of those that a server asks for
public record RetryPolicy(int attempts, Duration firstDelay, Duration maxDelay) {
  /// Six attempts within about half a minute.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(60));

  private static final int MAX_DOUBLINGS = 20;

  /// Where nobody listens, nobody is soon.
  private static final int CONNECTS = 3;

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: expected at least 1, got " + attempts);
    }
  }

  /// Something that may fail for a while.
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /// The result of the first attempt that succeeds.
  ///
  /// @throws IOException the failure of the last attempt, or one that will not pass
  <T> T run(Attempt<T> attempt) throws IOException, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.run();
      } catch (IOException e) {
        if (!again(e, failures)) {
          throw e;
        }
        pause(e, failures);
      }
    }
  }

  /// Whether another attempt makes sense after so many failures in a row, the last of them this
  /// one.
  public boolean again(IOException failure, int failures) {
    int limit =
        isCausedBy(failure, ConnectException.class) ? Math.min(attempts, CONNECTS) : attempts;
    return failures < limit && !lasting(failure);
  }

  /// Waits before the next attempt.
  ///
  /// @param failures in a row, at least 1
  public void pause(IOException failure, int failures) throws InterruptedException {
    Thread.sleep(delay(failure, failures));
  }

  private Duration delay(IOException failure, int failures) {
    Optional<Duration> asked =
        failure instanceof TransientException t ? t.retryAfter() : Optional.empty();
    Duration doubled = firstDelay.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    Duration delay = asked.filter(d -> d.compareTo(doubled) > 0).orElse(doubled);
    long nanos = Math.min(delay.toNanos(), maxDelay.toNanos());
    // From the whole delay to half as much again, so that parallel downloads do not come back all
    // at once.
    return Duration.ofNanos(nanos + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
  }

  private static boolean lasting(IOException failure) {
    return isCausedBy(failure, UnknownHostException.class)
        || isCausedBy(failure, UnresolvedAddressException.class)
        || isCausedBy(failure, SSLHandshakeException.class);
  }

  private static boolean isCausedBy(IOException failure, Class<? extends Exception> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
