package dev.jmr.bench.run;

import dev.jmr.bench.DeviceArguments;
import dev.jmr.bench.ModelLocator;
import dev.jmr.bench.TuningOptions;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What to measure: the options that llama-bench has too, with its names and defaults.
public final class TestOptions {
  static final int BATCH = 2048;
  static final TensorType KV_TYPE = TensorType.F16;
  private static final int MAX_THREADS = 1024;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      split = ",",
      paramLabel = "MODEL",
      description = "The models: files, or models of the store.")
  private List<String> models = List.of();

  @Option(
      names = {"-p", "--n-prompt"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Tests with so many tokens of prompt; 0 = none (default: 512).")
  private List<NumberList> prompts = List.of();

  @Option(
      names = {"-n", "--n-gen"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Tests with so many generated tokens; 0 = none (default: 128).")
  private List<NumberList> generations = List.of();

  @Option(
      names = "-pg",
      converter = NumberList.Converter.class,
      paramLabel = "P,G",
      description = "A test with P tokens of prompt, then G generated.")
  private List<NumberList> both = List.of();

  @Option(
      names = {"-d", "--n-depth"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "So many tokens are there before; not timed (default: 0).")
  private List<NumberList> depths = List.of();

  @Option(
      names = {"-b", "--batch-size"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Tokens of prompt after which logits are computed (default: 2048).")
  private List<NumberList> batches = List.of();

  @Option(
      names = {"-ub", "--ubatch-size"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Tokens of prompt that are computed together (default: as tuned, or 512).")
  private List<NumberList> microBatches = List.of();

  @Option(
      names = {"-ctk", "--cache-type-k"},
      split = ",",
      paramLabel = "TYPE",
      description = "Type of the cache, keys and values: f16, f32 (default: f16).")
  private List<String> cacheTypes = List.of();

  @Option(
      names = {"-ctv", "--cache-type-v"},
      split = ",",
      hidden = true,
      description = "The same as -ctk.")
  private List<String> valueTypes = List.of();

  @Option(
      names = {"-t", "--threads"},
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "Threads that compute (default: as tuned, or one per core).")
  private List<NumberList> threads = List.of();

  @Option(
      names = "--backend",
      split = ",",
      paramLabel = "NAME",
      description = "What to compute on; 'jmr version' lists what there is (default: the best).")
  private List<String> backends = List.of();

  @Mixin private DeviceArguments device = new DeviceArguments();

  @Mixin private TuningOptions tuning = new TuningOptions();

  @Option(
      names = {"-r", "--repetitions"},
      paramLabel = "N",
      description = "How often each test is run (default: 5).")
  private int repetitions = 5;

  @Option(
      names = "--delay",
      paramLabel = "SECONDS",
      description = "Pause before each test (default: 0).")
  private int delaySeconds;

  @Option(names = "--no-warmup", description = "Do not run each test once before timing it.")
  private boolean noWarmUp;

  @Option(
      names = "--profile",
      arity = "0..1",
      fallbackValue = "BLOCKS",
      paramLabel = "HOW",
      description =
          "Tell where the time goes: blocks (of the same form together), each (default if given: blocks).")
  private Profiling profile = Profiling.OFF;

  @Option(
      names = "--no-bandwidth",
      description = "Do not measure first how fast memory can be read.")
  private boolean noBandwidth;

  /// What the options ask for.
  ///
  /// @param locator finds the files of the models, once the options make sense
  /// @throws ParameterException naming the option that makes no sense
  /// @throws InterruptedException if interrupted while a model is fetched
  public Plan plan(ModelLocator locator) throws InterruptedException {
    require(!models.isEmpty(), "-m: expected at least one model, got none; see --help");
    require(repetitions >= 1, "-r: expected at least 1, got " + repetitions);
    require(
        delaySeconds >= 0 && delaySeconds <= 3600,
        "--delay: expected 0 to 3600 seconds, got " + delaySeconds);
    List<TestCase> tests = tests();
    require(!tests.isEmpty(), "-p, -n, -pg: expected a test, got only 0");
    return new Plan(
        setups(locator), tests, repetitions, !noWarmUp, !noBandwidth, profile, delaySeconds);
  }

  private List<TestCase> tests() {
    List<TestCase> tests = new ArrayList<>();
    for (int depth : NumberList.joined(depths, 0)) {
      for (int prompt : NumberList.joined(prompts, 512)) {
        addTest(tests, prompt, 0, depth);
      }
      for (int generation : NumberList.joined(generations, 128)) {
        addTest(tests, 0, generation, depth);
      }
      for (NumberList pair : both) {
        require(pair.values().size() == 2, "-pg: expected P,G such as 512,128");
        addTest(tests, pair.values().getFirst(), pair.values().getLast(), depth);
      }
    }
    return tests;
  }

  private static void addTest(List<TestCase> tests, int prompt, int generation, int depth) {
    if (prompt + generation > 0) {
      tests.add(new TestCase(prompt, generation, depth));
    }
  }

  private List<Setup> setups(ModelLocator locator) throws InterruptedException {
    List<Function<Path, Setup>> variants = variants();
    List<Setup> setups = new ArrayList<>();
    for (String model : models) {
      Path file = locator.locate(model);
      variants.forEach(variant -> setups.add(variant.apply(file)));
    }
    return setups;
  }

  /// What each model is run on.
  private List<Function<Path, Setup>> variants() {
    List<Function<Path, Setup>> variants = new ArrayList<>();
    for (Optional<String> backend : backendNames()) {
      for (int batch : positive("-b", batches, BATCH)) {
        for (int microBatch : microBatches()) {
          for (TensorType kvType : kvTypes()) {
            for (int count : threadCounts()) {
              variants.add(model ->
                  new Setup(
                      model,
                      backend,
                      batch,
                      microBatch,
                      kvType,
                      count,
                      tuning.settings(),
                      tuning.file(),
                      device.toOptions()));
            }
          }
        }
      }
    }
    return variants;
  }

  private List<Integer> microBatches() {
    return microBatches.isEmpty() ? List.of(0) : positive("-ub", microBatches, 1);
  }

  private List<Optional<String>> backendNames() {
    return backends.isEmpty()
        ? List.of(Optional.empty())
        : backends.stream().map(Optional::of).toList();
  }

  private List<Integer> threadCounts() {
    if (threads.isEmpty()) {
      return List.of(0);
    }
    List<Integer> counts = positive("-t", threads, 1);
    counts.forEach(count ->
        require(
            count <= MAX_THREADS, "-t: expected at most %d, got %d".formatted(MAX_THREADS, count)));
    return counts;
  }

  private List<TensorType> kvTypes() {
    require(
        valueTypes.isEmpty() || valueTypes.equals(cacheTypes),
        "-ctv: expected what -ctk says, %s, got %s; keys and values have one type here"
            .formatted(cacheTypes.isEmpty() ? "[f16]" : cacheTypes, valueTypes));
    return cacheTypes.isEmpty() ? List.of(KV_TYPE) : cacheTypes.stream().map(this::kvType).toList();
  }

  private TensorType kvType(String name) {
    return Stream.of(TensorType.F16, TensorType.F32)
        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> usage("-ctk: expected f16 or f32, got '%s'".formatted(name)));
  }

  private List<Integer> positive(String option, List<NumberList> lists, int otherwise) {
    List<Integer> values = NumberList.joined(lists, otherwise);
    values.forEach(value -> require(value > 0, option + ": expected at least 1, got " + value));
    return values;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw usage(message);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
