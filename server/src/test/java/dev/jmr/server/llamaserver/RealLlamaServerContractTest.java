package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.ModelArtifact;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// llama.cpp's server, where there is one.
@EnabledIfEnvironmentVariable(
    named = Installation.PATH,
    matches = ".+",
    disabledReason = "LLAMA_SERVER_PATH is not set: there is no llama-server to try")
final class RealLlamaServerContractTest extends EngineContract {
  @Override
  EngineProvider provider() {
    return new LlamaServerProvider();
  }

  /// The tiny one, or the one that the variable `LLAMA_SERVER_MODEL` names.
  @Override
  ModelArtifact generator() {
    return Optional.ofNullable(System.getenv("LLAMA_SERVER_MODEL"))
        .map(file -> new ModelArtifact(Path.of(file)))
        .orElseGet(super::generator);
  }

  /// It adds up in another order when there are several: random weights, whose tokens are about equally likely, show that.
  @Override
  boolean indifferentToCompany() {
    return false;
  }
}
