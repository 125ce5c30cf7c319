package dev.jmr.cli;

import dev.jmr.cli.launch.App;
import dev.jmr.cli.launch.Apps;
import dev.jmr.cli.launch.LaunchPlan;
import dev.jmr.cli.launch.Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr launch`: starts a program that talks to our server.
@Command(
    name = "launch",
    sortOptions = false,
    description = {
      "Starts an app with the settings that let it talk to the server, or shows these settings.",
      "Without APP, lists what there is. The server is MODEL_RUNNER_HOST, or on port 12434 here."
    })
final class LaunchCommand implements Callable<Integer> {
  private static final String HERE = "http://localhost:12434";
  private static final int NOT_FOUND = 127;

  private final Context context;

  @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "What to start.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "For the app; behind '--' where it begins with a dash.")
  private List<String> arguments = List.of();

  @Option(names = "--dry-run", description = "Only show the command.")
  private boolean dryRun;

  @Option(names = "--config", description = "Only show the settings.")
  private boolean config;

  @Option(names = "--detach", description = "Let a container run in the background.")
  private boolean detach;

  @Option(names = "--image", paramLabel = "IMAGE", description = "Another image of a container.")
  private String image = "";

  @Option(names = "--model", paramLabel = "MODEL", description = "The model that the app asks for.")
  private String model = Server.ANY_MODEL;

  @Option(names = "--port", paramLabel = "N", description = "A container's port on this machine.")
  private int port;

  LaunchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (name.isEmpty()) {
      list();
      return 0;
    }
    App app =
        Apps.ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new CliException(unknown()));
    Server server = new Server(base(), model);
    app.missing()
        .ifPresent(api ->
            context
                .streams()
                .note("%s needs %s, which JMR does not serve yet".formatted(name, api)));
    return switch (app) {
      case App.ByHand byHand -> {
        context.streams().print(byHand.settings().apply(server));
        yield 0;
      }
      case App.Container container -> {
        tellOfLoopback(server);
        yield launch(
            LaunchPlan.of(container, server, image, port, detach, arguments),
            container.variables().apply(server));
      }
      case App.Program program ->
          launch(LaunchPlan.of(program, server, arguments), program.variables().apply(server));
    };
  }

  /// On Linux a container reaches the bridge of Docker, but not what listens on the loopback address only.
  private void tellOfLoopback(Server server) {
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    if (linux && server.base().equals(HERE)) {
      context
          .streams()
          .note(
              "containers reach the server at Docker's bridge: jmr serve --host 172.17.0.1 --insecure");
    }
  }

  private void list() {
    Table table = new Table("APP", "DESCRIPTION", "LAUNCH");
    for (App app : Apps.ALL) {
      table.row(
          app.name(),
          app.description(),
          switch (app) {
            case App.Container _ -> "docker run";
            case App.Program _ -> "command " + app.name();
            case App.ByHand _ -> "shows settings";
          });
    }
    table.print(context.streams().outWriter());
  }

  private String unknown() {
    Set<String> known = Apps.ALL.stream().map(App::name).collect(Collectors.toSet());
    return "app '%s' is not known".formatted(Quoted.bare(name))
        + Nearest.of(name, known).map(near -> "; did you mean " + near + "?").orElse("")
        + "; 'jmr launch' lists them";
  }

  private String base() {
    String host = context.environment().getOrDefault("MODEL_RUNNER_HOST", "").strip();
    return host.isEmpty() ? HERE : host.replaceFirst("/+$", "");
  }

  private int launch(LaunchPlan plan, Map<String, String> settings) throws InterruptedException {
    if (config) {
      settings.forEach(
          (key, value) -> context.streams().outWriter().println("export " + key + "=" + value));
      return 0;
    }
    if (dryRun) {
      context.streams().outWriter().println(plan.shellLine());
      return 0;
    }
    context.streams().flush();
    ProcessBuilder process = new ProcessBuilder(plan.command()).inheritIO();
    process.environment().putAll(plan.variables());
    try {
      return process.start().waitFor();
    } catch (IOException _) {
      context
          .streams()
          .note(
              "%s: cannot be started; install it, or set it up by hand: jmr launch %s --config"
                  .formatted(plan.command().getFirst(), name));
      return NOT_FOUND;
    }
  }
}
