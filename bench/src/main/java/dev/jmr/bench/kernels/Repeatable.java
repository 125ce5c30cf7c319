package dev.jmr.bench.kernels;

/// Work that can be done again and again.
public interface Repeatable {
  void run(int times);
}
