package dev.jmr.server.http;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/// What this JVM takes when nothing is going on.
///
/// @param heapBytes that are in use after a collection
/// @param nativeBytes of direct and mapped memory
/// @param threads of the platform
record Footprint(long heapBytes, long nativeBytes, int threads) {
  private static final int ATTEMPTS = 10;

  /// What is left once connections that have ended are forgotten, which takes a moment.
  ///
  /// @param heapBytes, at most, for which no longer moment is waited
  static Footprint atRest(long heapBytes) {
    Footprint footprint = now();
    for (int i = 0; i < ATTEMPTS && footprint.heapBytes() > heapBytes; i++) {
      footprint = now();
    }
    return footprint;
  }

  static Footprint now() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long others =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Footprint(heap, others, ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
