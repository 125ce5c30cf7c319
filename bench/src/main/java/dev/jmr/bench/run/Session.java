package dev.jmr.bench.run;

import dev.jmr.bench.BenchException;
import dev.jmr.model.Model;
import dev.jmr.runtime.tuning.TuningChoice;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.WeightTraffic;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A setup that is ready to be measured: the model is open and compiled. Owns the model, the backend and the
/// executable, and closes them. One thread at a time.
public final class Session implements AutoCloseable {
  /// So long a test is run before it is timed, once at least: llama-bench's single pass is not enough for the compiler.
  private static final long WARM_UP_NANOS = 1_000_000_000;

  private static final int WARM_UP_TOKENS = 16;

  private final Backend backend;
  private final Model model;
  private final Executable executable;
  private final TokenFeed feed;
  private final SessionFacts facts;
  private final Optional<Profiler> profiler;

  private Session(
      Backend backend,
      Model model,
      Executable executable,
      TokenFeed feed,
      SessionFacts facts,
      boolean profiled) {
    this.backend = backend;
    this.model = model;
    this.executable = executable;
    this.feed = feed;
    this.facts = facts;
    this.profiler = profiled ? Optional.of(new Profiler(executable)) : Optional.empty();
  }

  /// Loads the model for all tests of `plan`, after measuring the memory.
  ///
  /// @throws BenchException if there is no such file
  public static Session open(Plan plan, Setup setup, ReadBandwidth bandwidth) {
    if (!Files.isRegularFile(setup.model())) {
      throw new BenchException(setup.model() + ": expected a GGUF file, got nothing");
    }
    BackendProvider provider = provider(setup);
    TuningChoice choice = TuningChoice.of(setup.tuning(), setup.model(), provider);
    Setup tuned = setup.tuned(choice.tuning());
    Backend backend = open(provider, tuned, profiled(plan));
    Model model = null;
    try {
      OptionalDouble memory =
          plan.bandwidth()
              ? OptionalDouble.of(bandwidth.bytesPerSecond(backend.threads()))
              : OptionalDouble.empty();
      PeakMemory.forget();
      long start = System.nanoTime();
      model = Model.open(setup.model());
      return compile(plan, tuned, choice.note(), backend, model, start, memory);
    } catch (RuntimeException | Error e) {
      backend.close();
      if (model != null) {
        model.close();
      }
      throw e;
    }
  }

  /// The threads that tests on `setup` compute with.
  public static int threads(Setup setup) {
    BackendProvider provider = provider(setup);
    Setup tuned = setup.tuned(TuningChoice.of(setup.tuning(), setup.model(), provider).tuning());
    try (Backend backend = open(provider, tuned, false)) {
      return backend.threads();
    }
  }

  private static boolean profiled(Plan plan) {
    return plan.profile() != Profiling.OFF;
  }

  private static BackendProvider provider(Setup setup) {
    return Backends.choose(Backends.candidates(), setup.backend());
  }

  private static Backend open(BackendProvider provider, Setup tuned, boolean profiled) {
    return Backends.open(
        Backends.candidates(),
        provider,
        new BackendOptions(tuned.threads(), profiled, tuned.settings(), tuned.device()));
  }

  private static Session compile(
      Plan plan,
      Setup setup,
      Optional<String> tuning,
      Backend backend,
      Model model,
      long start,
      OptionalDouble memory) {
    Graph graph = model.graph(plan.positions());
    int passTokens = plan.passTokens(setup);
    KvLayout kv = new KvLayout(setup.kvType(), KvLayout.pagesFor(plan.positions()));
    Executable executable = backend.compile(graph, kv, new BatchLimits(passTokens, 1));
    SessionFacts facts =
        new SessionFacts(
            setup,
            tuning,
            ModelDescription.of(model),
            backend.name(),
            backend.detail(),
            backend.threads(),
            System.nanoTime() - start,
            WeightTraffic.bytes(graph, 1, 1),
            memory);
    TokenFeed feed =
        new TokenFeed(
            executable,
            model.hyperParameters().vocabularySize(),
            graph.result().width(),
            kv.pageCount(),
            passTokens,
            setup.batch());
    return new Session(backend, model, executable, feed, facts, profiled(plan));
  }

  /// What is known of it.
  public SessionFacts facts() {
    return facts;
  }

  /// Fills the cache as far as `test` wants it; nothing is done if it is.
  public void prepare(TestCase test) {
    feed.fill(test.depth());
  }

  /// Runs the test, with less generation, until all code that it needs is compiled; prepared for it before.
  public void warmUp(TestCase test) {
    TestCase start =
        new TestCase(test.prompt(), Math.min(WARM_UP_TOKENS, test.generation()), test.depth());
    long spent = 0;
    while (spent < WARM_UP_NANOS) {
      spent += run(start);
    }
    takeProfile();
  }

  /// Runs the test behind the filled part of the cache, and returns how long it took.
  public long run(TestCase test) {
    long start = System.nanoTime();
    part("prompt", test.prompt(), () -> feed.prompt(test.depth(), test.prompt()));
    part(
        "generation",
        test.generation(),
        () -> feed.generate(test.depth() + test.prompt(), test.generation()));
    return System.nanoTime() - start;
  }

  private void part(String name, int tokens, Runnable part) {
    if (profiler.isPresent()) {
      profiler.get().measure(name, tokens, part);
    } else {
      part.run();
    }
  }

  /// Where the time of all runs since the last call went; empty unless the plan wants to know.
  List<Phase> takeProfile() {
    return profiler.map(Profiler::take).orElse(List.of());
  }

  @Override
  public void close() {
    try (model;
        backend;
        executable) {
      // The try statement closes them, the last first, each even if another fails.
    }
  }
}
