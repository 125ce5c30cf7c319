package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr load`: brings a model from a file into the store.
@Command(
    name = "load",
    sortOptions = false,
    description = "Brings a model from a tar file, written by export, into the store.")
final class LoadCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Context context;

  @Option(
      names = {"-i", "--input"},
      required = true,
      paramLabel = "FILE",
      description = "The tar file.")
  private Path input = Path.of("");

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "NAME",
      description = "The name to give it; an archive holds none.")
  private @Nullable String tag;

  LoadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isRegularFile(input)) {
      throw new CliException(input + ": no such file");
    }
    context.streams().outWriter().println("Loaded " + CtrlC.ends(this::read));
    return 0;
  }

  private String read() throws IOException, InterruptedException {
    try (ModelRunner runner = Runners.open(context);
        ByteBar bar = new ByteBar(context.streams(), "loading", Files.size(input));
        InputStream in =
            new BufferedInputStream(bar.counts(Files.newInputStream(input)), BUFFER_BYTES)) {
      return runner.load(in, Optional.ofNullable(tag));
    }
  }
}
