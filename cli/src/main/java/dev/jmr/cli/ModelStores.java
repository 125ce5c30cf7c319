package dev.jmr.cli;

import dev.jmr.demo.DemoModel;
import dev.jmr.runtime.UserFolders;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.library.BuiltInModel;
import dev.jmr.server.library.BuiltInModels;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.manager.SettingsFile;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The model store that the environment names, `MODELS_PATH`, else Docker's own place; and how its models are run.
final class ModelStores {
  private ModelStores() {}

  /// Set to `off`, stores are not given the model that comes with JMR.
  private static final String DEMO = "JMR_DEMO";

  /// The models of the store, made if there is none.
  static ModelLibrary open(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    return new ModelLibrary(
        ModelStore.open(StoreOptions.from(environment, home)),
        UserFolders.ofThisUser().state(),
        builtIn(environment));
  }

  /// The models that come with JMR.
  static BuiltInModels builtIn(Map<String, String> environment) {
    if ("off".equals(environment.get(DEMO))) {
      return BuiltInModels.none();
    }
    try {
      BuiltInModel demo =
          new BuiltInModel(DemoModel.NAME, Digest.parse(DemoModel.id()), DemoModel::open);
      return new BuiltInModels(
          List.of(demo), folders(environment).state().resolve("built-in-models"));
    } catch (IOException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    }
  }

  private static UserFolders folders(Map<String, String> environment) {
    return UserFolders.of(
        environment, System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /// What was configured: a server of this user reads the same file when it starts.
  static SettingsFile settings(Map<String, String> environment) {
    return SettingsFile.open(folders(environment).config().resolve(SettingsFile.NAME));
  }
}
