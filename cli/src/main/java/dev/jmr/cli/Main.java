package dev.jmr.cli;

import dev.jmr.bench.BenchCommand;
import dev.jmr.bench.ModelLocator;
import dev.jmr.bench.tune.TuneCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `jmr`: the list of commands, and the way in.
@Command(
    name = "jmr",
    description = "Runs language models on this machine, in pure Java.",
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
public final class Main {
  private static List<Object> commands(Context context) {
    ModelLocator locator = model -> LocatedModel.of(context, model).file();
    return List.of(
        new RunCommand(context),
        new ServeCommand(context),
        new StatusCommand(context),
        new DevicesCommand(context),
        new PsCommand(context),
        new UnloadCommand(context),
        new ConfigureCommand(context),
        new LogsCommand(context),
        new RequestsCommand(context),
        new ContextCommand(context),
        new LaunchCommand(context),
        new EmbedCommand(context),
        new SearchCommand(context),
        new PullCommand(context),
        new PushCommand(context),
        new ListCommand(context),
        new InspectCommand(context),
        new ShowCommand(context),
        new TagCommand(context),
        new RmCommand(context),
        new PruneCommand(context),
        new PurgeCommand(context),
        new FsckCommand(context),
        new DfCommand(context),
        new PackageCommand(context),
        new ExportCommand(context),
        new LoadCommand(context),
        new TokenizeCommand(context),
        new TemplateCommand(context),
        new LogitsCommand(context),
        new PerplexityCommand(context),
        new BenchCommand(locator, new BenchModels(context)),
        new TuneCommand(locator),
        new QuantizeCommand(context),
        new VersionCommand(context),
        new DockerCommand(context),
        new ComposeCommand(context),
        new CompletionCommand(context),
        new ModelNamesCommand(context),
        new DockerMetadataCommand(context));
  }

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      order = 1000,
      description = "Tell more: times, backend, stack traces of errors.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 1001,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--version", versionHelp = true, order = 1002, description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean version;

  /// Commands that compute: these need the flags of [JvmFlags].
  private static final Set<String> COMPUTING =
      Set.of(
          "run", "embed", "logits", "perplexity", "bench", "tune", "serve", "version", "devices");

  private Main() {}

  /// Runs one command line and exits: 0 = done, 1 = failed, 2 = used wrongly, 130 = interrupted, 141 = nobody reads.
  public static void main(String[] arguments) throws Exception {
    IncubatorWarning.takeBack();
    boolean computes = Arrays.stream(arguments).anyMatch(COMPUTING::contains);
    int code =
        Relaunch.needed(computes, System.getenv())
            ? Relaunch.run(arguments)
            : run(Streams.system(), System.getenv(), arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Runs one command line on these streams, in this environment, and returns the exit code.
  static int run(Streams streams, Map<String, String> environment, String... arguments) {
    Main main = new Main();
    Context context = new Context(streams, environment, () -> main.verbose);
    Failures failures = new Failures(context);
    CommandLine commandLine = new CommandLine(main);
    commandLine.getCommandSpec().version("jmr " + VersionCommand.version());
    boolean plugin = DockerPlugin.called(arguments);
    String[] words = plugin ? DockerPlugin.commandLine(arguments) : arguments;
    new Subcommands(commands(context)).addTo(commandLine, words);
    RunnerCommands.addTo(commandLine, context, words);
    commandLine
        .setOut(streams.outWriter())
        .setErr(streams.errWriter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(failures::usage)
        .setExecutionExceptionHandler((e, _, _) -> failures.report(e));
    if (plugin) {
      commandLine.setCommandName("docker " + DockerPlugin.NAME);
    }
    try {
      int code = commandLine.execute(words);
      streams.flush();
      return code;
    } catch (ClosedOutputException | CliException | Error e) {
      return failures.report(e);
    }
  }
}
