package dev.jmr.cli;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.tuning.TuningFile;
import dev.jmr.server.http.JmrServer;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.FileCatalog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.MemoryBudget;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.models.JoinedCatalog;
import dev.jmr.server.models.StoreCatalog;
import dev.jmr.server.models.StoreRoutes;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jmr serve`: the HTTP server, until it is interrupted.
@Command(
    name = "serve",
    description = "Serves models to programs that speak OpenAI's API, on port 12434.")
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_PARALLEL = 8;

  private final Context context;

  @Mixin private LoadOptions load = new LoadOptions();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A GGUF file to serve; may be given several times.")
  private List<Path> models = List.of();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: 127.0.0.1). Others than this machine's own need --api-key, or --insecure.")
  private @Nullable String host;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Port to listen on (default: MODEL_RUNNER_PORT, or else 12434).")
  private @Nullable Integer port;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "Listen on a Unix socket instead (default: MODEL_RUNNER_SOCK, if it is set).")
  private @Nullable Path socket;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "Answer only who brings this key; may be given several times (default: MODEL_RUNNER_API_KEYS).")
  private List<String> apiKeys = List.of();

  @Option(names = "--insecure", description = "Let other machines come without a key.")
  private boolean insecure;

  @Option(
      names = "--keep-alive",
      paramLabel = "TIME",
      description = "How long an idle model stays loaded: 5m, 1h30m, 0, -1 (default: 5m).")
  private @Nullable String keepAlive;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Requests that one model answers at the same time (default: 8).")
  private int parallel = DEFAULT_PARALLEL;

  ServeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    load.requireInRange("--parallel", parallel, 1 << 10);
    load.requireBackend();
    Logger helidon = Logger.getLogger("io.helidon");
    helidon.setLevel(context.verbose() ? Level.INFO : Level.WARNING);
    ServerOptions options = serverOptions();
    ModelLibrary library = ModelStores.open(System.getenv());
    library.store().upkeep().removeStalePartials();
    ModelManager manager =
        new ModelManager(
            new JoinedCatalog(List.of(FileCatalog.of(models), new StoreCatalog(library))),
            new ModelOpener(
                ServiceLoader.load(EngineProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList()),
            ModelStores.settings(System.getenv()),
            new ManagerOptions(
                engineOptions(),
                keepAlive(),
                MemoryBudget.ofThisMachine(),
                InstantSource.system()));
    try (RegistryClient registry = new RegistryClient(RegistryOptions.of(System.getenv()));
        JmrServer server =
            JmrServer.start(
                options,
                manager,
                Optional.of(
                    new StoreRoutes(manager, library, registry, HubOptions.of(System.getenv()))))) {
      context.streams().note("serves on " + server.address());
      manager.catalog().models().forEach(model -> context.streams().note("model " + model.name()));
      waitForTheEnd(server);
    }
    return 0;
  }

  private KeepAlive keepAlive() {
    try {
      return keepAlive == null ? KeepAlive.DEFAULT : KeepAlive.parse(keepAlive);
    } catch (IllegalArgumentException e) {
      throw new CliException("--" + e.getMessage());
    }
  }

  private EngineOptions engineOptions() {
    return load.toEngineOptions()
        .withMaxSequences(Math.max(1, parallel))
        .withTuning(TuningFile.ofThisUser());
  }

  private ServerOptions serverOptions() {
    ServerOptions options = ServerOptions.of(System.getenv()).withVersion(VersionCommand.version());
    if (port != null) {
      options = options.withPort(port);
    }
    if (socket != null) {
      options = options.withSocket(socket);
    }
    if (!apiKeys.isEmpty()) {
      options = options.withApiKeys(apiKeys);
    }
    if (host != null || insecure) {
      options = options.withHost(Optional.ofNullable(host).orElse(options.host()), insecure);
    }
    return options;
  }

  /// Until this thread is interrupted, or the JVM is told to end: requests that run may finish then.
  private static void waitForTheEnd(JmrServer server) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("jmr-shutdown").unstarted(server::close);
    Runtime.getRuntime().addShutdownHook(hook);
    end.await();
  }
}
