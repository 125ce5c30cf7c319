package dev.jmr.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.cli.runner.Contexts;
import dev.jmr.cli.runner.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr context`: the servers that commands may talk to, by name.
@Command(
    name = "context",
    description = "Keeps the addresses of servers, and which of them commands talk to.")
final class ContextCommand implements Runnable {
  private static final String AUTOMATIC = "(auto-detect)";

  private CommandSpec spec = CommandSpec.create();
  private final Contexts contexts;
  private final Streams streams;

  ContextCommand(Context context) {
    this.contexts = Contexts.of(context.environment());
    this.streams = context.streams();
  }

  /// Called by picocli when it has read the annotations.
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void describedBy(CommandSpec described) {
    spec = described;
    List.of(new Create(), new Use(), new Ls(), new Rm(), new Inspect())
        .forEach(each -> {
          CommandLine command = new CommandLine(each);
          described.addSubcommand(command.getCommandName(), command);
        });
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "context: expected create, use, ls, rm or inspect");
  }

  /// `jmr context create`.
  @Command(name = "create", sortOptions = false, description = "Adds a server.")
  private final class Create implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--host",
        required = true,
        paramLabel = "URL",
        description = "Its address, such as http://192.168.1.7:12434.")
    private String host = "";

    @Option(names = "--tls", description = "Speak TLS with it.")
    private boolean tls;

    @Option(names = "--tls-skip-verify", description = "Take any certificate.")
    private boolean skipVerify;

    @Option(
        names = "--tls-ca-cert",
        paramLabel = "FILE",
        description = "Certificates to believe, in PEM form.")
    private @Nullable String caCert;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is.")
    private String description = "";

    @Override
    public Integer call() {
      contexts.create(
          name, host, new Tls(tls, skipVerify, Optional.ofNullable(caCert)), description);
      streams.outWriter().println("Context \"%s\" created".formatted(name));
      return 0;
    }
  }

  /// `jmr context use`.
  @Command(name = "use", description = "Makes commands talk to a server; 'default' looks for one.")
  private final class Use implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Which.")
    private String name = "";

    @Override
    public Integer call() {
      contexts.use(name);
      streams.outWriter().println("Current context is now \"%s\"".formatted(name));
      return 0;
    }
  }

  /// `jmr context ls`.
  @Command(name = "ls", aliases = "list", description = "Lists them.")
  private final class Ls implements Callable<Integer> {
    @Override
    public Integer call() {
      Contexts.Content content = contexts.read();
      Table table = new Table("NAME", "HOST", "DESCRIPTION", "CURRENT");
      table.row(Contexts.DEFAULT, AUTOMATIC, "", mark(content, Contexts.DEFAULT));
      for (Contexts.Entry entry : content.entries()) {
        table.row(entry.name(), entry.host(), entry.description(), mark(content, entry.name()));
      }
      table.print(streams.outWriter());
      return 0;
    }

    private static String mark(Contexts.Content content, String name) {
      return content.current().equals(name) ? "*" : "";
    }
  }

  /// `jmr context rm`.
  @Command(name = "rm", aliases = "remove", description = "Removes some.")
  private final class Rm implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Which.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
      contexts.remove(names);
      names.forEach(name -> streams.outWriter().println("Context \"%s\" removed".formatted(name)));
      return 0;
    }
  }

  /// `jmr context inspect`.
  @Command(name = "inspect", description = "Shows all of one, as JSON.")
  private final class Inspect implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Which.")
    private String name = "";

    @Override
    public Integer call() {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
      if (name.equals(Contexts.DEFAULT)) {
        node.put("host", AUTOMATIC);
      } else {
        Contexts.Entry entry =
            contexts
                .read()
                .find(name)
                .orElseThrow(() ->
                    new CliException(
                        "context '%s' is not there; 'context ls' lists what is".formatted(name)));
        node.setAll(Contexts.json(entry));
      }
      Json.print(streams, node);
      return 0;
    }
  }
}
