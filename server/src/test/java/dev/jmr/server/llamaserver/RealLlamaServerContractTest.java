package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineProvider;
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
}
