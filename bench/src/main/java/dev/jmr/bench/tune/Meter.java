package dev.jmr.bench.tune;

import dev.jmr.runtime.tuning.Tuning;

/// Measures once.
interface Meter {
  /// The tokens per second of a trial with these settings.
  double rate(Tuning tuning, Trial trial);
}
