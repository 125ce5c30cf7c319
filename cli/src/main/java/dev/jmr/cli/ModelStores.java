package dev.jmr.cli;

import dev.jmr.runtime.UserFolders;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreOptions;
import java.nio.file.Path;
import java.util.Map;

/// The model store that the environment names, `MODELS_PATH`, else Docker's own place; and how its models are run.
final class ModelStores {
  private ModelStores() {}

  /// The models of the store, made if there is none.
  static ModelLibrary open(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    return new ModelLibrary(
        ModelStore.open(StoreOptions.from(environment, home)), UserFolders.ofThisUser().state());
  }

  /// What was configured: a server of this user reads the same file when it starts.
  static SettingsFile settings(Map<String, String> environment) {
    UserFolders folders =
        UserFolders.of(environment, System.getProperty("os.name"), System.getProperty("user.home"));
    return SettingsFile.open(folders.config().resolve(SettingsFile.NAME));
  }
}
