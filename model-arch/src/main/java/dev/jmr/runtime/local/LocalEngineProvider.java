package dev.jmr.runtime.local;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.tensor.backend.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/// Loads GGUF files into our own engine.
public final class LocalEngineProvider implements EngineProvider {
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "local";
  }

  @Override
  public int priority() {
    return 100;
  }

  /// Whether the file is called `.gguf` or, whatever its name, begins like one.
  @Override
  public boolean supports(ModelArtifact artifact) {
    return artifact.file().toString().endsWith(".gguf") || beginsWithMagic(artifact.file());
  }

  @Override
  public MemoryNeed memoryNeed(ModelArtifact artifact, EngineOptions options) {
    try (LoadedModel model = LoadedModel.load(artifact.file(), options)) {
      return model.memoryNeed();
    }
  }

  /// On the processor if the device that was chosen cannot compute the model.
  @Override
  public Engine load(ModelArtifact artifact, EngineOptions options) {
    return started(
        LoadedModel.load(artifact.file(), options),
        refused -> LoadedModel.loadOnHost(artifact.file(), options, refused));
  }

  /// @param otherwise loads the model anew if its device refuses it
  static Engine started(LoadedModel loaded, Function<DeviceException, LoadedModel> otherwise) {
    try {
      return LocalEngine.start(loaded);
    } catch (EngineException e) {
      if (e.getCause() instanceof DeviceException refused) {
        return LocalEngine.start(otherwise.apply(refused));
      }
      throw e;
    }
  }

  private static boolean beginsWithMagic(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
