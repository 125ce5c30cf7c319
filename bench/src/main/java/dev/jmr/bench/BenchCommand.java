package dev.jmr.bench;

import dev.jmr.bench.compare.Comparison;
import dev.jmr.bench.compare.ComparisonWriter;
import dev.jmr.bench.kernels.KernelsCommand;
import dev.jmr.bench.run.BenchRun;
import dev.jmr.bench.run.ForeignOptions;
import dev.jmr.bench.run.OutputFormat;
import dev.jmr.bench.run.Plan;
import dev.jmr.bench.run.TestOptions;
import dev.jmr.bench.serving.ServedModels;
import dev.jmr.bench.serving.ServingOptions;
import dev.jmr.bench.serving.ServingRun;
import dev.jmr.bench.tune.TuneCommand;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jmr bench`: the speed of whole models, with the tests, options and output of llama-bench; or of a model that is served, with
/// those of `docker model bench`. Other ways of measuring are its subcommands.
@Command(
    name = "bench",
    description = {
      "Measures how fast models run.",
      "  bench -m FILE -p 512   in this process, in the way of llama-bench",
      "  bench MODEL            what those who ask it get, like docker model bench"
    },
    sortOptions = false,
    footer = {
      "",
      "N can be a list or a range: 512, 1,2,4, 128-512+128, 16-256*2; options can be repeated.",
      "Each combination is measured."
    },
    subcommands = {SynthCommand.class, KernelsCommand.class})
public final class BenchCommand implements Callable<Integer> {
  private final ModelLocator locator;
  private final ServedModels served;

  private CommandSpec spec = CommandSpec.create();

  @Mixin private TestOptions tests = new TestOptions();

  @Mixin private ServingOptions serving = new ServingOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to write results: md, json, jsonl, csv (default: md).")
  private OutputFormat format = OutputFormat.MD;

  @Option(names = "--progress", description = "Tell on the error output what is going on.")
  private boolean progress;

  /// Measures the models that the locator finds, and those that are served.
  public BenchCommand(ModelLocator locator, ServedModels served) {
    this.locator = locator;
    this.served = served;
  }

  /// Called by picocli when it has read the annotations.
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void describedBy(CommandSpec described) {
    spec = described;
    ForeignOptions.addTo(described);
    described.addSubcommand("tune", new CommandLine(new TuneCommand(locator)));
  }

  @Option(
      names = "--compare",
      paramLabel = "COMMAND",
      description = {
        "Another engine's llama-bench: run it in turn with us, -r pairs, and tell the ratios.",
        "What it does not say of -m, -p, -n, -d, -t, -r and -o is added."
      })
  private String command = "";

  @Option(
      names = "--fresh-jvm",
      description = "With --compare: run in a new process each time, as the other does.")
  private boolean freshJvm;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (serving.runs(new ServingRun(served, note -> err.println("note: " + note)), out)) {
      return 0;
    }
    Plan plan = tests.plan(locator);
    Optional<PrintWriter> told = progress ? Optional.of(err) : Optional.empty();
    if (command.isEmpty()) {
      new BenchRun(plan, told).run(format.writer(out, plan));
    } else {
      new Comparison(plan.withoutExtras(), command, freshJvm, told).run(comparisonWriter(out));
    }
    return 0;
  }

  private ComparisonWriter comparisonWriter(PrintWriter out) {
    return switch (format) {
      case MD -> ComparisonWriter.markdown(out);
      case JSON -> ComparisonWriter.json(out);
      case JSONL, CSV ->
          throw new ParameterException(
              spec.commandLine(), "-o: expected md or json with --compare, got " + format);
    };
  }
}
