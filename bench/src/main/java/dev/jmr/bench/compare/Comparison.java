package dev.jmr.bench.compare;

import dev.jmr.bench.BenchException;
import dev.jmr.bench.DeviceArguments;
import dev.jmr.bench.run.Plan;
import dev.jmr.bench.run.ReadBandwidth;
import dev.jmr.bench.run.Session;
import dev.jmr.bench.run.Setup;
import dev.jmr.bench.run.TestCase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs our tests and another engine's in turn: ours, theirs, ours, theirs, test by test.
public final class Comparison {
  private final Plan plan;
  private final List<String> command;
  private final boolean freshJvm;
  private final Optional<PrintWriter> progress;

  /// A comparison of what `plan` says; its repetitions are the number of pairs.
  ///
  /// @param command the other engine's command line, as a shell would have it
  /// @param freshJvm whether each of our runs gets a process of its own, as theirs do
  /// @param progress where to tell what is going on; empty = nowhere
  /// @throws BenchException if there is no command in it
  public Comparison(Plan plan, String command, boolean freshJvm, Optional<PrintWriter> progress) {
    this.plan = plan;
    this.command = CommandWords.split(command);
    this.freshJvm = freshJvm;
    this.progress = progress;
  }

  /// Runs everything and hands each test to `writer` when all its pairs are there.
  ///
  /// @throws BenchException if the other engine fails, or prints something else than llama-bench
  public void run(ComparisonWriter writer) {
    writer.begin();
    for (Setup setup : plan.setups()) {
      if (freshJvm) {
        int threads = Session.threads(setup);
        run(setup, ownProcess(setup, threads), threads, writer);
      } else {
        try (Session session = Session.open(plan, setup, new ReadBandwidth())) {
          run(setup, new WarmSide(session, plan.warmUp()), session.facts().threads(), writer);
        }
      }
    }
    writer.end();
  }

  private ProcessSide ownProcess(Setup setup, int threads) {
    List<String> words = new ArrayList<>(FreshJvm.bench());
    words.add("--no-bandwidth");
    if (!plan.warmUp()) {
      words.add("--no-warmup");
    }
    setup.backend().ifPresent(name -> words.addAll(List.of("--backend", name)));
    words.addAll(DeviceArguments.words(setup.device()));
    words.addAll(List.of("-b", "" + setup.batch()));
    if (setup.microBatch() != 0) {
      words.addAll(List.of("-ub", "" + setup.microBatch()));
    }
    setup.settings().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    words.addAll(
        setup
            .tuning()
            .map(file -> List.of("--tuning", file.toString()))
            .orElse(List.of("--no-tuning")));
    words.addAll(List.of("-ctk", setup.kvType().name().toLowerCase(Locale.ROOT)));
    return new ProcessSide(words, setup.model().toString(), threads);
  }

  private void run(Setup setup, Side ours, int threads, ComparisonWriter writer) {
    ProcessSide theirs = new ProcessSide(command, setup.model().toString(), threads);
    List<List<TestCase>> units =
        theirs.choosesTests()
            ? List.of(plan.tests())
            : plan.tests().stream().map(List::of).toList();
    for (List<TestCase> unit : units) {
      pairs(ours, theirs, unit).forEach(writer::pairs);
    }
  }

  private List<Pairs> pairs(Side ours, Side theirs, List<TestCase> tests) {
    List<List<Measured>> our = new ArrayList<>();
    List<List<Measured>> their = new ArrayList<>();
    for (int i = 0; i < plan.repetitions(); i++) {
      our.add(ours.run(tests));
      their.add(theirs.run(tests));
      say(i, our.getLast(), their.getLast());
    }
    List<Pairs> pairs = new ArrayList<>();
    for (int t = 0; t < tests.size(); t++) {
      int index = t;
      pairs.add(
          new Pairs(
              tests.get(t),
              our.stream().map(run -> run.get(index)).toList(),
              their.stream().map(run -> run.get(index)).toList()));
    }
    return pairs;
  }

  private void say(int pair, List<Measured> ours, List<Measured> theirs) {
    progress.ifPresent(err -> {
      for (int t = 0; t < ours.size(); t++) {
        err.printf(
            Locale.ROOT,
            "bench: %s: pair %d/%d: %.2f and %.2f t/s%n",
            ours.get(t).test().name(),
            pair + 1,
            plan.repetitions(),
            ours.get(t).rate(),
            theirs.get(t).rate());
      }
      err.flush();
    });
  }
}
