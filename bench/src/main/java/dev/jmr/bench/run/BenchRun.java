package dev.jmr.bench.run;

import dev.jmr.bench.BenchException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/// Runs the tests of a plan, one after the other.
public final class BenchRun {
  private final Plan plan;
  private final Optional<PrintWriter> progress;
  private final ReadBandwidth bandwidth = new ReadBandwidth();
  private int started;

  /// @param progress where to tell what is going on; empty = nowhere
  public BenchRun(Plan plan, Optional<PrintWriter> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /// Runs everything and hands each result to `writer` as it comes.
  ///
  /// @throws dev.jmr.tensor.TensorException if a backend cannot run
  /// @throws dev.jmr.model.arch.ModelException if a model cannot
  public void run(ResultWriter writer) {
    writer.begin();
    for (Setup setup : plan.setups()) {
      say("loading " + setup.model());
      try (Session session = Session.open(plan, setup, bandwidth)) {
        for (TestCase test : plan.tests()) {
          started++;
          writer.result(measure(session, test));
        }
      }
    }
    writer.end();
  }

  private Result measure(Session session, TestCase test) {
    pause();
    session.prepare(test);
    if (plan.warmUp()) {
      sayOfTest(test, "warm-up");
      session.warmUp(test);
    }
    Instant time = Instant.now();
    long[] nanos = new long[plan.repetitions()];
    for (int i = 0; i < nanos.length; i++) {
      sayOfTest(test, "run %d/%d".formatted(i + 1, nanos.length));
      nanos[i] = session.run(test);
    }
    Samples samples = new Samples(nanos, test.tokens());
    return new Result(
        session.facts(), test, time, samples, PeakMemory.bytes(), session.takeProfile());
  }

  private void sayOfTest(TestCase test, String what) {
    say(
        "%d/%d: %s: %s"
            .formatted(started, plan.setups().size() * plan.tests().size(), test.name(), what));
  }

  private void say(String what) {
    progress.ifPresent(err -> {
      err.println("bench: " + what);
      err.flush();
    });
  }

  private void pause() {
    try {
      Thread.sleep(1000L * plan.delaySeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted");
    }
  }
}
