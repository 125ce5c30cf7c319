package dev.jmr.bench;

import dev.jmr.bench.kernels.KernelsCommand;
import dev.jmr.bench.run.BenchRun;
import dev.jmr.bench.run.ForeignOptions;
import dev.jmr.bench.run.OutputFormat;
import dev.jmr.bench.run.Plan;
import dev.jmr.bench.run.TestOptions;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `jmr bench`: the speed of whole models, with the tests, options and output of llama-bench. Other ways of measuring
/// are its subcommands.
@Command(
    name = "bench",
    description = "Measures how fast models run, in the way of llama-bench.",
    sortOptions = false,
    footer = {
      "",
      "N can be a list or a range: 512, 1,2,4, 128-512+128, 16-256*2; options can be repeated.",
      "Each combination is measured."
    },
    subcommands = {SynthCommand.class, KernelsCommand.class})
public final class BenchCommand implements Callable<Integer> {
  private CommandSpec spec = CommandSpec.create();

  @Mixin private TestOptions tests = new TestOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to write results: md, json, jsonl, csv (default: md).")
  private OutputFormat format = OutputFormat.MD;

  @Option(names = "--progress", description = "Tell on the error output what is going on.")
  private boolean progress;

  /// Called by picocli when it has read the annotations.
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void describedBy(CommandSpec described) {
    spec = described;
    ForeignOptions.addTo(described);
  }

  @Override
  public Integer call() {
    Plan plan = tests.plan();
    Optional<PrintWriter> told =
        progress ? Optional.of(spec.commandLine().getErr()) : Optional.empty();
    new BenchRun(plan, told).run(format.writer(spec.commandLine().getOut(), plan));
    return 0;
  }
}
