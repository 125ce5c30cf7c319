package dev.jmr.cli;

import dev.jmr.bench.BenchException;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.gguf.GgufException;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.evaluation.EvaluationException;
import dev.jmr.model.sample.SamplingException;
import dev.jmr.model.tokenizer.TokenizerException;
import dev.jmr.runtime.EngineException;
import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.http.ServerException;
import dev.jmr.server.manager.ManagerException;
import dev.jmr.server.reference.ReferenceException;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.StoreException;
import dev.jmr.tensor.TensorException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells the user what went wrong in one line, and makes the exit code of it.
final class Failures {
  static final int FAILED = 1;
  static final int USED_WRONGLY = 2;

  /// 128 + SIGINT, as shells have it.
  static final int INTERRUPTED = 130;

  /// 128 + SIGPIPE, as shells have it.
  static final int NOBODY_READS = 141;

  /// Exceptions whose message was written for the user.
  private static final List<Class<? extends RuntimeException>> EXPLAINED =
      List.of(
          CliException.class,
          BenchException.class,
          EngineException.class,
          EvaluationException.class,
          GgufException.class,
          ModelException.class,
          ManagerException.class,
          SamplingException.class,
          ServerException.class,
          TensorException.class,
          TokenizerException.class,
          ArtifactException.class,
          ReferenceException.class,
          RegistryException.class,
          RunnerException.class,
          StoreException.class,
          UncheckedIOException.class);

  private final Context context;

  Failures(Context context) {
    this.context = context;
  }

  /// A command line that makes no sense.
  int usage(ParameterException e, String... arguments) {
    PrintWriter err = context.streams().errWriter();
    CommandLine command = e.getCommandLine();
    if (arguments.length == 0) {
      command.usage(err);
    } else {
      err.println("jmr: " + (e instanceof UnmatchedArgumentException u ? unmatched(u) : plain(e)));
      String name = command.getCommandSpec().qualifiedName();
      err.println("run '" + name + " --help' to see what there is");
    }
    err.flush();
    return USED_WRONGLY;
  }

  /// Without what the parser of command lines puts before all others do.
  private static String plain(ParameterException e) {
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    boolean ofTheParser =
        message.startsWith("Missing required") || message.startsWith("Invalid value");
    return ofTheParser ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    if (argument.startsWith("-")) {
      return "'%s' is not an option".formatted(argument)
          + suggestion(argument, command.getCommandSpec().optionsMap().keySet());
    }
    return command.getSubcommands().isEmpty()
        ? "'%s' is one argument too many".formatted(argument)
        : "'%s' is not a command".formatted(argument)
            + suggestion(argument, command.getSubcommands().keySet());
  }

  private static String suggestion(String argument, Set<String> known) {
    return Nearest.of(argument, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /// Something that a command threw.
  int report(Throwable e) {
    if (e instanceof ClosedOutputException) {
      return NOBODY_READS;
    }
    PrintWriter err = context.streams().errWriter();
    err.println("jmr: " + message(e));
    if (context.verbose()) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof InterruptedException ? INTERRUPTED : FAILED;
  }

  private static String message(Throwable e) {
    return switch (e) {
      case OutOfMemoryError error -> outOfMemory(error);
      case InternalError error ->
          "a mapped file could not be read (%s); was the model changed or truncated while it ran?"
              .formatted(error.getMessage());
      case InterruptedException _ -> "interrupted";
      case RuntimeException exception when explained(exception) ->
          String.valueOf(exception.getMessage());
      default -> "internal error: %s; --verbose shows where".formatted(e);
    };
  }

  private static boolean explained(RuntimeException e) {
    return EXPLAINED.stream().anyMatch(type -> type.isInstance(e));
  }

  private static String outOfMemory(OutOfMemoryError error) {
    long heapMib = Runtime.getRuntime().maxMemory() >> 20;
    return "out of memory (%s; the heap may grow to %d MiB): use a smaller model or --ctx, or give Java more: java -Xmx%dm -jar jmr.jar, or JMR_JAVA_OPTS=-Xmx%dm ./jmr"
        .formatted(error.getMessage(), heapMib, 2 * heapMib, 2 * heapMib);
  }
}
