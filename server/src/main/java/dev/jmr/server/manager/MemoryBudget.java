package dev.jmr.server.manager;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How much memory models may take.
public final class MemoryBudget {
  /// The rest is for the system, for files that are read, and for what Java needs besides.
  private static final double SHARE = 0.8;

  private MemoryBudget() {}

  /// Bytes, by what this machine, or the container that this runs in, has.
  public static long ofThisMachine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? (long) (system.getTotalMemorySize() * SHARE)
        : Runtime.getRuntime().maxMemory();
  }
}
