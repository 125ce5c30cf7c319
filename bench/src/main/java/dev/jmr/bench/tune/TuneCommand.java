package dev.jmr.bench.tune;

import dev.jmr.bench.BenchException;
import dev.jmr.bench.ModelLocator;
import dev.jmr.bench.run.BuildInfo;
import dev.jmr.bench.run.NumberList;
import dev.jmr.bench.run.Setup;
import dev.jmr.bench.run.TestCase;
import dev.jmr.model.Model;
import dev.jmr.runtime.tuning.TuningEntry;
import dev.jmr.runtime.tuning.TuningFile;
import dev.jmr.runtime.tuning.TuningKey;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jmr bench tune`, or `jmr tune`: finds the settings that are best on this machine for models like the given one, and
/// writes them where the engine finds them.
@Command(
    name = "tune",
    description = {
      "Finds the settings that are fastest on this machine for models like the given one.",
      "They are kept for all models of the same type of weights and similar size."
    },
    sortOptions = false)
public final class TuneCommand implements Callable<Integer> {
  /// How to write results.
  enum Format {
    MD,
    JSON
  }

  private static final int BATCH = 2048;
  private static final int MIN_REPETITIONS = 3;

  private final ModelLocator locator;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "A model of the kind to tune for: a file, or a model of the store.")
  private String model = "";

  @Option(
      names = {"-t", "--threads"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Numbers of threads to try (default: from one to all).")
  private List<NumberList> threads = List.of();

  @Option(
      names = {"-p", "--n-prompt"},
      paramLabel = "N",
      description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).")
  private int prompt = 512;

  @Option(
      names = {"-n", "--n-gen"},
      paramLabel = "N",
      description = "Tokens that are generated (default: ${DEFAULT-VALUE}).")
  private int generation = 32;

  @Option(
      names = {"-r", "--repetitions"},
      paramLabel = "N",
      description =
          "How often two settings are measured in turn, at first (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Settings to try (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What to compute on; 'jmr version' lists what there is (default: the best).")
  private @Nullable String backend;

  @Option(names = "--no-warmup", description = "Do not run each test before timing it.")
  private boolean noWarmUp;

  @Option(names = "--dry-run", description = "Write nothing, only tell.")
  private boolean dryRun;

  @Option(names = "--reset", description = "Forget what was found for models like MODEL, and end.")
  private boolean reset;

  @Option(
      names = "--tuning",
      paramLabel = "FILE",
      description = "Where to keep what is found (default: the user's file).")
  private @Nullable Path kept;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to write the result: md, json (default: md).")
  private Format format = Format.MD;

  /// Tunes for the models that the locator finds.
  public TuneCommand(ModelLocator locator) {
    this.locator = locator;
  }

  @Override
  public Integer call() throws InterruptedException {
    require(repetitions >= MIN_REPETITIONS, "-r: expected at least 3, got " + repetitions);
    require(prompt >= 1 && generation >= 1, "-p, -n: expected at least one token");
    Path gguf = locator.locate(model);
    if (!Files.isRegularFile(gguf)) {
      throw new BenchException(model + ": expected a GGUF file, got nothing");
    }
    BackendProvider provider = provider();
    TuningFile file = new TuningFile(Optional.ofNullable(kept).orElseGet(TuningFile::ofThisUser));
    TuningKey key = key(gguf, provider);
    if (reset) {
      forget(file, key);
    } else {
      file.read();
      tune(setup(gguf, provider), provider, file, key);
    }
    return 0;
  }

  private BackendProvider provider() {
    return Backends.choose(Backends.candidates(), Optional.ofNullable(backend));
  }

  private static TuningKey key(Path gguf, BackendProvider provider) {
    try (Model opened = Model.open(gguf)) {
      return TuningKey.of(opened, provider);
    }
  }

  private void forget(TuningFile file, TuningKey key) {
    boolean found = file.remove(key);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s for %s in %s%n", found ? "forgotten: what was" : "nothing", key, file.path());
    out.flush();
  }

  private void tune(Setup setup, BackendProvider provider, TuningFile file, TuningKey key) {
    List<Tunable> tunables = tunables(provider);
    say("%s on %s with %d processors".formatted(key, key.machine().cpu(), key.machine().cores()));
    Descent.Outcome outcome;
    try (SessionMeter meter = new SessionMeter(setup, tests(tunables), !noWarmUp)) {
      outcome = new Descent(tunables, meter, repetitions, this::say).run();
    }
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    TuningEntry entry = new TuningEntry(key, BuildInfo.version(), date, outcome.tuning());
    Optional<Path> written = dryRun ? Optional.empty() : Optional.of(file.path());
    if (!dryRun) {
      file.put(entry);
    }
    TuneReport report = new TuneReport(entry, outcome, written);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case MD -> report.markdown(out);
      case JSON -> report.json(out);
    }
    out.flush();
  }

  private List<Tunable> tunables(BackendProvider provider) {
    List<Integer> counts = new ArrayList<>();
    threads.forEach(list -> counts.addAll(list.values()));
    require(
        counts.stream().allMatch(count -> count >= 1 && count <= 1024),
        "-t: expected 1 to 1024, got " + counts);
    List<Tunable> all =
        new Tunables(prompt, generation).list(ownThreads(provider), counts, provider.settings());
    List<String> names = all.stream().map(Tunable::name).toList();
    require(names.containsAll(only), "--only: expected some of %s, got %s".formatted(names, only));
    return all.stream().filter(tunable -> only.isEmpty() || only.contains(tunable.name())).toList();
  }

  private static int ownThreads(BackendProvider provider) {
    try (Backend opened = provider.open(BackendOptions.automatic())) {
      return opened.threads();
    }
  }

  private static Setup setup(Path gguf, BackendProvider provider) {
    return new Setup(gguf, Optional.of(provider.name()), BATCH, 0, TensorType.F16, 0);
  }

  private static List<TestCase> tests(List<Tunable> tunables) {
    return tunables.stream()
        .flatMap(tunable -> tunable.trials().stream())
        .flatMap(trial -> trial.tests().stream())
        .distinct()
        .collect(Collectors.toList());
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("tune: " + line);
    err.flush();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
