package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.Prompt;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// An external server that only pretends.
final class FakeLlamaServerContractTest extends EngineContract {
  @TempDir static Path folder;

  @Override
  EngineProvider provider() {
    return FakeInstallation.provider(folder, "--fake-embedding-length 64");
  }

  @Override
  Prompt slowPrompt() {
    return new Prompt.Text("SLOW one", true);
  }
}
