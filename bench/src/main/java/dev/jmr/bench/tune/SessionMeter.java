package dev.jmr.bench.tune;

import dev.jmr.bench.run.Plan;
import dev.jmr.bench.run.Profiling;
import dev.jmr.bench.run.ReadBandwidth;
import dev.jmr.bench.run.Session;
import dev.jmr.bench.run.Setup;
import dev.jmr.bench.run.TestCase;
import dev.jmr.runtime.tuning.Tuning;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Measures a model in this process. The sessions of the two tunings that were used last stay open, so that they can be
/// measured in turn; each test is warmed up when a session first runs it.
final class SessionMeter implements Meter, AutoCloseable {
  private static final int OPEN_SESSIONS = 2;

  /// A test that is over sooner is repeated, if it is warmed up.
  private static final long MIN_NANOS = 50_000_000;

  private record Opened(Session session, Set<TestCase> warm) {}

  private final Setup base;
  private final List<TestCase> tests;
  private final boolean warmUp;
  private final LinkedHashMap<Tuning, Opened> open = new LinkedHashMap<>();

  /// A meter for `tests`.
  ///
  /// @param base the model and what else does not vary
  /// @param warmUp whether each test is run before it is timed
  SessionMeter(Setup base, List<TestCase> tests, boolean warmUp) {
    this.base = base;
    this.tests = tests;
    this.warmUp = warmUp;
  }

  @Override
  public double rate(Tuning tuning, Trial trial) {
    Opened opened = opened(tuning);
    long nanos = 0;
    long tokens = 0;
    for (TestCase test : trial.tests()) {
      opened.session.prepare(test);
      if (opened.warm.add(test) && warmUp) {
        opened.session.warmUp(test);
      }
      long spent = 0;
      do {
        spent += opened.session.run(test);
        tokens += test.tokens();
      } while (warmUp && spent < MIN_NANOS);
      nanos += spent;
    }
    return 1e9 * tokens / nanos;
  }

  private Opened opened(Tuning tuning) {
    Opened known = open.remove(tuning);
    if (known == null) {
      while (open.size() >= OPEN_SESSIONS) {
        open.pollFirstEntry().getValue().session.close();
      }
      Setup setup = base.tuned(tuning);
      Plan plan = new Plan(List.of(setup), tests, 1, warmUp, false, Profiling.OFF, 0);
      known = new Opened(Session.open(plan, setup, new ReadBandwidth()), new HashSet<>());
    }
    open.putLast(tuning, known);
    return known;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pollFirstEntry().getValue().session.close();
    }
  }
}
