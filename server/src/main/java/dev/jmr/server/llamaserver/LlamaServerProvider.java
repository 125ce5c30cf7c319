package dev.jmr.server.llamaserver;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.UserFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has GGUF files run by llama.cpp's server, one process for each model, if the variable `LLAMA_SERVER_PATH` names one.
///
/// What it cannot do, and refuses: stop tokens, contexts that overflow, regular expressions, another pooling than the one it
/// was started with. A process either generates, embeds or ranks: what the model's header says, or the arguments
/// `--embeddings`, `--reranking` and `--pooling`.
public final class LlamaServerProvider implements EngineProvider {
  /// What users call it.
  public static final String NAME = "llama-server";

  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, String> environment;
  private final ProcessFiles started;

  /// With the environment of this JVM.
  public LlamaServerProvider() {
    this(System.getenv());
  }

  LlamaServerProvider(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.started =
        new ProcessFiles(
            UserFolders.of(
                    environment, System.getProperty("os.name"), System.getProperty("user.home"))
                .state()
                .resolve(NAME));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> unavailable() {
    try {
      Installation.of(environment);
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Whether the file begins as a GGUF file does.
  @Override
  public boolean supports(ModelArtifact artifact) {
    try (InputStream in = Files.newInputStream(artifact.file())) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException unreadable) {
      return false;
    }
  }

  @Override
  public MemoryNeed memoryNeed(ModelArtifact artifact, EngineOptions options) {
    return line(Installation.of(environment), artifact, options).memoryNeed();
  }

  @Override
  public Engine load(ModelArtifact artifact, EngineOptions options) {
    Installation installation = Installation.of(environment);
    CommandLine line = line(installation, artifact, options);
    return new LlamaServerEngine(line, RunningServer.start(installation, line, started));
  }

  /// Ends the processes of JVMs that were killed.
  @Override
  public List<String> endAbandoned() {
    return started.endAbandoned().stream()
        .map(
            "llama-server: ended process %d, which a program left behind that was killed"
                ::formatted)
        .toList();
  }

  private static CommandLine line(
      Installation installation, ModelArtifact artifact, EngineOptions options) {
    return CommandLine.of(ModelHeader.of(artifact.file()), options, installation.arguments());
  }
}
