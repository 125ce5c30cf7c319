package dev.jmr.bench.compare;

import dev.jmr.bench.run.Session;
import dev.jmr.bench.run.SessionFacts;
import dev.jmr.bench.run.TestCase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// We ourselves, in this process: loaded once, and warmed up before the first run of each test.
final class WarmSide implements Side {
  private final Session session;
  private final boolean warmUp;
  private final Set<TestCase> warm = new HashSet<>();

  WarmSide(Session session, boolean warmUp) {
    this.session = session;
    this.warmUp = warmUp;
  }

  @Override
  public List<Measured> run(List<TestCase> tests) {
    return tests.stream().map(this::run).toList();
  }

  private Measured run(TestCase test) {
    session.prepare(test);
    if (warm.add(test) && warmUp) {
      session.warmUp(test);
    }
    double rate = 1e9 * test.tokens() / session.run(test);
    SessionFacts facts = session.facts();
    return new Measured(
        test, rate, "jmr " + facts.backend(), facts.model().type(), facts.threads());
  }
}
