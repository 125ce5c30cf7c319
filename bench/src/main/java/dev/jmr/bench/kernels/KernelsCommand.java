package dev.jmr.bench.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jmr bench kernels`: times kernels by themselves.
@Command(
    name = "kernels",
    description = {
      "Times kernels by themselves, each checked against the reference first.",
      "What is not asked for is chosen: a few types and one shape for each family."
    },
    sortOptions = false)
public final class KernelsCommand implements Callable<Integer> {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int WARM_UP_MILLIS = 300;
  private static final List<Integer> WIDTHS = List.of(128, 256, 512);

  /// How results are printed.
  enum Format {
    md,
    json
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "NAME",
      description =
          "What kernels do: dot, panel, unpack (matmul of one token, of a prompt, decoding alone), attention, attention-prompt, rms-norm, rope, silu (default: all).")
  private List<String> families = List.of();

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      description = "Tensor types: Q4_K, Q6_K, Q8_0, Q4_0, F16, ... (default: these five).")
  private List<String> types = List.of();

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "SHAPE",
      description =
          "Weights: attn_q, attn_k, ffn_up, ffn_down, output of a 1B model, with 0.6b. before them of a smaller one, or RxC; for attention and the families after it: 1b, 0.6b (default: ffn_up, 1b).")
  private List<String> shapes = List.of();

  @Option(
      names = "--place",
      split = ",",
      paramLabel = "PLACE",
      description = "Where weights lie: cache, memory (default: both).")
  private List<String> places = List.of();

  @Option(
      names = "--tokens",
      split = ",",
      paramLabel = "N",
      description = "Tokens of a prompt (default: 512).")
  private List<Integer> tokens = List.of(512);

  @Option(
      names = "--depth",
      split = ",",
      paramLabel = "N",
      description = "Positions before the tokens, for attention (default: 512,4096).")
  private List<Integer> depths = List.of(512, 4096);

  @Option(
      names = "--width",
      split = ",",
      paramLabel = "BITS",
      description = "Vector widths: 128, 256, 512 (default: this JVM's).")
  private List<Integer> widths = List.of();

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Threads that share the rows (default: 1).")
  private int threads = 1;

  @Option(
      names = {"-r", "--repetitions"},
      paramLabel = "N",
      description = "Timed rounds, of which the middle one counts (default: 7).")
  private int repetitions = 7;

  @Option(
      names = "--time",
      paramLabel = "MS",
      description = "Milliseconds of a round (default: 60).")
  private int millis = 60;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: md).")
  private Format format = Format.md;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "What an earlier run printed with -o json: adds how much faster this one is.")
  private Optional<Path> baseline = Optional.empty();

  @Override
  public Integer call() {
    requireVectorModule();
    requireCounts();
    List<KernelCase> cases = selection().cases();
    Optional<KernelRun> earlier = baseline.map(KernelsCommand::read);
    KernelRun run = measure(cases);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case json -> {
        KernelJson.write(run, out);
        out.println();
      }
      case md -> new KernelTable(run, earlier).lines().forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private CaseSelection selection() {
    return new CaseSelection(families, types, shapes, places, tokens, depths);
  }

  /// Nothing of the kernels may be touched before.
  private static void requireVectorModule() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      throw new KernelBenchException(
          "kernels: the module %s is missing; start java with --add-modules=%s"
              .formatted(VECTOR_MODULE, VECTOR_MODULE));
    }
  }

  private void requireCounts() {
    requireRange("-t", threads, 256);
    requireRange("-r", repetitions, 1000);
    requireRange("--time", millis, 60_000);
    for (int width : widths) {
      if (!WIDTHS.contains(width)) {
        throw new ParameterException(
            spec.commandLine(), "--width: expected 128, 256 or 512, got " + width);
      }
    }
  }

  private void requireRange(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected 1 to %d, got %d".formatted(option, most, value));
    }
  }

  private static KernelRun read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return KernelJson.read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new KernelBenchException(file + ": no such file; a run with -o json makes one", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  /// Each width in turn, in this JVM where it has that width.
  private KernelRun measure(List<KernelCase> cases) {
    if (widths.isEmpty()) {
      return measureHere(cases);
    }
    return widths.stream()
        .distinct()
        .map(width ->
            width == MachinePeak.currentWidth()
                ? measureHere(cases)
                : WidthProcess.run(width, arguments(), this::tell))
        .reduce(KernelRun::and)
        .orElseThrow();
  }

  private KernelRun measureHere(List<KernelCase> cases) {
    Rounds rounds = new Rounds(repetitions, millis, Math.max(WARM_UP_MILLIS, millis));
    return KernelRun.measure(cases, threads, rounds, kernelCase -> tell("# " + kernelCase));
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /// What was asked for, without the widths and the baseline, for another JVM.
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--family", families);
    add(arguments, "--type", types);
    add(arguments, "--shape", shapes);
    add(arguments, "--place", places);
    add(arguments, "--tokens", tokens);
    add(arguments, "--depth", depths);
    add(arguments, "-t", List.of(threads));
    add(arguments, "-r", List.of(repetitions));
    add(arguments, "--time", List.of(millis));
    add(arguments, "-o", List.of(Format.json));
    return arguments;
  }

  private static void add(List<String> arguments, String option, List<?> values) {
    if (!values.isEmpty()) {
      arguments.add(option);
      arguments.add(String.join(",", values.stream().map(Object::toString).toList()));
    }
  }
}
