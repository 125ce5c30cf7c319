package dev.jmr.cli;

import dev.jmr.gguf.Gguf;
import dev.jmr.model.quantize.FileType;
import dev.jmr.model.quantize.QuantizeOptions;
import dev.jmr.model.quantize.Quantizer;
import dev.jmr.model.quantize.TypePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr quantize`: writes a model with smaller weights.
@Command(
    name = "quantize",
    sortOptions = false,
    description = {
      "Writes a model's weights in fewer bits, as a new GGUF file.",
      "Which tensor gets which type is what llama-quantize does without an importance matrix."
    })
final class QuantizeCommand implements Callable<Integer> {
  private static final class Types implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(FileType.values()).map(FileType::name).iterator();
    }
  }

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A GGUF file (of shards, any one), or a model of the store.")
  private String input = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
  private Path output = Path.of("");

  @Parameters(
      index = "2",
      paramLabel = "TYPE",
      completionCandidates = Types.class,
      description = "What to make: ${COMPLETION-CANDIDATES}.")
  private String type = "";

  @Option(
      names = "--allow-requantize",
      description = "Take a model that is quantized already; loses more than quantizing once.")
  private boolean allowRequantize;

  @Option(
      names = "--pure",
      description = "Give all matrices the same type, also where errors hurt most.")
  private boolean pure;

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Threads that compute (default: one per core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--dry-run", description = "Only show the types and sizes.")
  private boolean dryRun;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  QuantizeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    QuantizeOptions options =
        new QuantizeOptions(FileType.named(type), pure, allowRequantize, threads);
    try (Gguf model = Gguf.open(LocatedModel.of(context, input).file())) {
      Quantizer quantizer = new Quantizer(model, options);
      if (dryRun) {
        print(quantizer.plan());
      } else {
        requirePlace(model, quantizer.plan().bytesAfter());
        write(quantizer);
      }
      return 0;
    }
  }

  private void print(TypePlan plan) {
    Table table = new Table("TENSOR", "SHAPE", "TYPE", "NEW TYPE", "SIZE", "NEW SIZE");
    for (TypePlan.Assignment each : plan.tensors()) {
      table.row(
          each.tensor().name(),
          each.tensor().shape().toString(),
          each.tensor().type().name(),
          each.type().name(),
          HumanText.size(each.tensor().byteSize()),
          HumanText.size(each.byteSize()));
    }
    table.print(context.streams().outWriter());
    context.streams().outWriter().println(sizes(plan));
  }

  private void requirePlace(Gguf model, long bytes) {
    try {
      if (Files.isDirectory(output)) {
        throw new CliException(output + ": expected a file to write, got a directory");
      }
      if (Files.exists(output)) {
        for (Path file : model.paths()) {
          if (Files.isSameFile(file, output)) {
            throw new CliException(output + ": is the model itself; write another file");
          }
        }
        if (!force) {
          throw new CliException(output + " exists; --force replaces it");
        }
      }
      Path folder = output.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new CliException(output + ": expected a folder that exists, got " + folder);
      }
      long usable = Files.getFileStore(folder).getUsableSpace();
      if (usable < bytes) {
        throw new CliException(
            "%s: expected %s of free space, got %s; free some or write elsewhere"
                .formatted(output, HumanText.size(bytes), HumanText.size(usable)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(output + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private void write(Quantizer quantizer) {
    TypePlan plan = quantizer.plan();
    long total = plan.bytesBefore();
    long start = System.nanoTime();
    try (TransferBar bar = new TransferBar(context.streams(), "quantizing")) {
      quantizer.write(output, done -> bar.update(done, total));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    context
        .streams()
        .outWriter()
        .printf(
            Locale.ROOT,
            "%s: %s, %.1f s, %.0f MB/s%n",
            output,
            sizes(plan),
            seconds,
            total / 1e6 / seconds);
  }

  private String sizes(TypePlan plan) {
    return String.format(
        Locale.ROOT,
        "%s, %s -> %s, %.2f bits per weight",
        FileType.named(type),
        HumanText.size(plan.bytesBefore()),
        HumanText.size(plan.bytesAfter()),
        8.0 * plan.bytesAfter() / Math.max(1, plan.elementCount()));
  }
}
