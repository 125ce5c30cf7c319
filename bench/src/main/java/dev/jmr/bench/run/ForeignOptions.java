package dev.jmr.bench.run;

import java.util.Arrays;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The options of llama-bench that mean nothing here. Those that change how it gets its speed are ignored with a note,
/// so that its command lines can be used; those that change what is measured are refused.
public final class ForeignOptions {
  private record Foreign(boolean ignored, int values, String why, String... names) {}

  private static final String DEVICES = "layers are not split between devices; --backend chooses";
  private static final String LAYERS = "layers are all on one device; --gpu-layers divides them";
  private static final String PINNED = "threads are not pinned or given a priority";
  private static final String MAPPED = "weights are always mapped";

  private static final List<Foreign> ALL =
      List.of(
          new Foreign(true, 1, LAYERS, "-ngl", "--n-gpu-layers"),
          new Foreign(true, 1, DEVICES, "-ncmoe", "--n-cpu-moe"),
          new Foreign(true, 1, DEVICES, "-sm", "--split-mode"),
          new Foreign(true, 1, DEVICES, "-mg", "--main-gpu"),
          new Foreign(true, 1, DEVICES, "-ts", "--tensor-split"),
          new Foreign(true, 1, DEVICES, "-nkvo", "--no-kv-offload"),
          new Foreign(true, 1, DEVICES, "-nopo", "--no-op-offload"),
          new Foreign(true, 1, DEVICES, "--no-host"),
          new Foreign(true, 1, PINNED, "-C", "--cpu-mask"),
          new Foreign(true, 1, PINNED, "--cpu-strict"),
          new Foreign(true, 1, PINNED, "--prio"),
          new Foreign(true, 1, PINNED, "--numa"),
          new Foreign(true, 1, "workers spin a moment, then sleep", "--poll"),
          new Foreign(true, 1, "attention never holds all scores", "-fa", "--flash-attn"),
          new Foreign(true, 1, MAPPED, "-mmp", "--mmap"),
          new Foreign(true, 1, MAPPED, "-lm", "--load-mode"),
          new Foreign(true, 1, MAPPED, "-lzm", "--lazy-mode"),
          new Foreign(false, 1, "expected a local file; -m FILE", "-hf", "-hfr", "--hf-repo"),
          new Foreign(false, 1, "expected a local file; -m FILE", "-hff", "--hf-file"),
          new Foreign(false, 1, "expected a local file; -m FILE", "-hft", "--hf-token"),
          new Foreign(false, 1, "embeddings are not measured", "-embd", "--embeddings"),
          new Foreign(false, 1, "use --device NAME", "-dev"),
          new Foreign(false, 1, DEVICES, "-ot", "--override-tensor"),
          new Foreign(false, 1, "use -o and redirect it", "-oe", "--output-err"),
          new Foreign(false, 1, "the cache is as large as the tests need", "-fitt", "--fit-target"),
          new Foreign(false, 1, "the cache is as large as the tests need", "-fitc", "--fit-ctx"),
          new Foreign(false, 0, "'jmr devices' lists them", "--list-devices"));

  private ForeignOptions() {}

  /// Makes `command` know them, without showing them in its help.
  public static void addTo(CommandSpec command) {
    for (Foreign foreign : ALL) {
      command.addOption(
          OptionSpec.builder(foreign.names()[0], rest(foreign.names()))
              .arity("" + foreign.values())
              .type(foreign.values() == 0 ? boolean.class : String.class)
              .hidden(true)
              .parameterConsumer(consumer(foreign))
              .build());
    }
  }

  private static String[] rest(String... names) {
    return Arrays.copyOfRange(names, 1, names.length);
  }

  private static IParameterConsumer consumer(Foreign foreign) {
    return (Stack<String> arguments, ArgSpec _, CommandSpec command) -> {
      String name = foreign.names()[0];
      if (!foreign.ignored()) {
        throw new ParameterException(
            command.commandLine(),
            "%s: not an option of jmr bench: %s".formatted(name, foreign.why()));
      }
      for (int i = 0; i < foreign.values() && !arguments.isEmpty(); i++) {
        arguments.pop();
      }
      command
          .commandLine()
          .getErr()
          .println("note: %s is ignored: %s".formatted(name, foreign.why()));
    };
  }
}
