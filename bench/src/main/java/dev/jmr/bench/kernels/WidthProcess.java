package dev.jmr.bench.kernels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/// A second JVM that measures with narrower or wider vectors: their width cannot be changed while a JVM runs.
public final class WidthProcess {
  private static final String WIDTH_FLAG = "-XX:MaxVectorSize=";
  private static final String WIDTH_PROPERTY = "-Djmr.vector.bits=";
  private static final String WARNING = "WARNING: Using incubator modules";

  private WidthProcess() {}

  /// Runs `bench kernels` with these arguments in a JVM with the flags of this one and vectors of `width` bits.
  ///
  /// @param errors receives what the other JVM says on its error output
  /// @throws KernelBenchException if it fails, or has no vectors of this width
  static KernelRun run(int width, List<String> arguments, Consumer<String> errors) {
    List<String> command = command(width, arguments);
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      Thread copying = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), errors));
      byte[] output = process.getInputStream().readAllBytes();
      copying.join();
      int code = process.waitFor();
      if (code != 0) {
        throw new KernelBenchException(
            "width %d: the JVM for it ended with %d; its message is above".formatted(width, code));
      }
      return requireWidth(
          KernelJson.read(new java.io.ByteArrayInputStream(output), "width " + width), width);
    } catch (IOException e) {
      throw new UncheckedIOException("width " + width + ": no JVM can be started for it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelBenchException("width " + width + ": interrupted", e);
    }
  }

  private static KernelRun requireWidth(KernelRun run, int width) {
    if (run.peak(width).isEmpty()) {
      throw new KernelBenchException(
          "width %d: this machine's vectors are narrower; ask for less".formatted(width));
    }
    return run;
  }

  /// The command line; what this JVM was told about the width is left out.
  static List<String> command(int width, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith(WIDTH_FLAG) && !flag.startsWith(WIDTH_PROPERTY)) {
        command.add(flag);
      }
    }
    command.add(WIDTH_FLAG + width / Byte.SIZE);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    Module module = WidthProcess.class.getModule();
    if (module.isNamed()) {
      command.add("-p");
      command.add(System.getProperty("jdk.module.path"));
      command.add("-m");
      command.add(module.getName() + "/" + WidthProcess.class.getName());
    } else {
      command.add(WidthProcess.class.getName());
    }
    command.addAll(arguments);
    return command;
  }

  private static void copy(InputStream source, Consumer<String> target) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith(WARNING)).forEach(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The second JVM: `bench kernels` by itself.
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new KernelsCommand());
    commandLine.setExecutionExceptionHandler((e, command, _) -> {
      command.getErr().println("jmr: " + e.getMessage());
      return 1;
    });
    System.exit(commandLine.execute(arguments));
  }
}
