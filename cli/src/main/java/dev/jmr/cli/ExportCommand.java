package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr export`: writes a model of the store into one file.
@Command(
    name = "export",
    description = "Writes a model of the store into a tar file, for jmr load on another machine.")
final class ExportCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Context context;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name or id.")
  private String model = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write.")
  private Path output = Path.of("");

  ExportCommand(Context context) {
    this.context = context;
  }

  /// Writes beside the file and renames at the end, so that a file of this name is always whole; into a pipe or a device
  /// itself.
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path target = output.toAbsolutePath();
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new CliException(output + ": expected a file in a folder that exists");
    }
    if (Files.isDirectory(target)) {
      throw new CliException(output + ": expected a file, got a folder");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      CtrlC.ends(() -> write(target));
    } else {
      replace(target);
    }
    context
        .streams()
        .outWriter()
        .println(
            "Exported %s to %s (%s)".formatted(model, output, HumanText.size(Files.size(target))));
    return 0;
  }

  private void replace(Path target) throws IOException, InterruptedException {
    Path temporary =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      CtrlC.ends(() -> write(temporary));
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Path write(Path file) throws IOException, InterruptedException {
    try (ModelRunner runner = Runners.open(context);
        ByteBar bar = new ByteBar(context.streams(), "exporting", runner.byteSize(model));
        OutputStream out =
            new BufferedOutputStream(bar.counts(Files.newOutputStream(file)), BUFFER_BYTES)) {
      runner.export(model, out);
    }
    return file;
  }
}
