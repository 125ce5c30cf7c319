package dev.jmr.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `jmr bench synth`: writes a model with random weights.
@Command(
    name = "synth",
    description = "Writes a model of a real shape with random weights, for measuring speed.",
    sortOptions = false)
public final class SynthCommand implements Callable<Integer> {
  private static final class Shapes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ModelShape.ALL.stream().map(ModelShape::name).iterator();
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--shape",
      required = true,
      paramLabel = "SHAPE",
      completionCandidates = Shapes.class,
      description = "The model's shape: ${COMPLETION-CANDIDATES}.")
  private String shape = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The type of the weights: ${COMPLETION-CANDIDATES} (default: Q4_K_M).")
  private WeightMixture mixture = WeightMixture.Q4_K_M;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The GGUF file to write.")
  private Path output = Path.of("");

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same file (default: 1).")
  private long seed = 1;

  @Override
  public Integer call() {
    ModelShape modelShape = ModelShape.named(shape);
    if (Files.isDirectory(output)) {
      throw new BenchException(output + ": expected a file to write, got a directory");
    }
    if (Files.exists(output) && !force) {
      throw new BenchException(output + " exists; --force replaces it");
    }
    long start = System.nanoTime();
    SyntheticModel model = new SyntheticModel(modelShape, mixture, seed);
    requireSpace(model.dataBytes());
    model.write(output);
    report(model.dataBytes(), System.nanoTime() - start);
    return 0;
  }

  private void requireSpace(long bytes) {
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BenchException(output + ": expected a folder that exists, got " + folder);
    }
    try {
      long usable = Files.getFileStore(folder).getUsableSpace();
      if (usable < bytes) {
        throw new BenchException(
            "%s: expected %.1f GB of free space, got %.1f GB; free some or write elsewhere"
                .formatted(output, bytes / 1e9, usable / 1e9));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": free space cannot be found out", e);
    }
  }

  private void report(long bytes, long nanos) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %s %s, seed %d, %.2f GB in %.1f s%n",
        output,
        shape,
        mixture,
        seed,
        bytes / 1e9,
        nanos / 1e9);
    out.flush();
  }
}
