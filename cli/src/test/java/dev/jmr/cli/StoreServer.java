package dev.jmr.cli;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.server.http.JmrServer;
import dev.jmr.server.http.ServerOptions;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.log.LogOptions;
import dev.jmr.server.log.ServerLog;
import dev.jmr.server.manager.KeepAlive;
import dev.jmr.server.manager.ManagerOptions;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.models.StoreCatalog;
import dev.jmr.server.models.StoreRoutes;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// A server on a free port with a store of its own, and commands that are run against it, or on the store itself.
final class StoreServer implements AutoCloseable {
  private final Map<String, String> store = new HashMap<>();
  private final RegistryClient registry = new RegistryClient(RegistryOptions.of(Map.of()));
  private final JmrServer server;

  /// @param folder is empty
  StoreServer(Path folder) {
    store.put("MODELS_PATH", folder.resolve("models").toString());
    store.put("XDG_CONFIG_HOME", folder.resolve("config").toAbsolutePath().toString());
    store.put("JMR_DEMO", "off");
    store.put("SOURCE_DATE_EPOCH", "1700000000");
    ModelLibrary library = ModelStores.open(store);
    ModelManager models =
        new ModelManager(
            new StoreCatalog(library),
            new ModelOpener(
                ServiceLoader.load(EngineProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList()),
            SettingsFile.inMemory(),
            new ManagerOptions(
                EngineOptions.defaults().withMaxSequences(1).withThreads(1),
                KeepAlive.FOREVER,
                1L << 30,
                InstantSource.system()));
    server =
        JmrServer.start(
            ServerOptions.defaults()
                .withPort(0)
                .withVersion("1.2.3")
                .withLogs(
                    Optional.of(new LogOptions(folder.resolve("logs"), ServerLog.Level.INFO))),
            models,
            Optional.of(new StoreRoutes(models, library, registry, HubOptions.of(Map.of()))));
  }

  /// The address of the server.
  String address() {
    return "http://localhost:" + server.port();
  }

  /// Runs a command against the server.
  Jmr.Result remote(String... arguments) {
    Map<String, String> environment = new HashMap<>(store);
    environment.put("MODEL_RUNNER_HOST", address());
    return Jmr.run("", environment, arguments);
  }

  /// Runs a command on the store.
  Jmr.Result embedded(String... arguments) {
    return Jmr.run("", store, arguments);
  }

  @Override
  public void close() {
    server.close();
    registry.close();
  }
}
