package dev.jmr.cli;

import dev.jmr.cli.chat.Answerer;
import dev.jmr.gguf.Gguf;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/// A model that an engine in this process runs.
final class EmbeddedModel implements Answerer {
  private final Path file;
  private final Optional<String> template;
  private final IntFunction<Engine> loader;
  private Engine engine;

  /// @param template stands in for the one in the file
  /// @param loader loads the model with a context of so many tokens; 0 = the usual
  EmbeddedModel(Path file, Optional<String> template, IntFunction<Engine> loader) {
    this.file = file;
    this.template = template;
    this.loader = loader;
    this.engine = loader.apply(0);
  }

  EngineDescription description() {
    return engine.description();
  }

  @Override
  public Generation submit(GenerationRequest request) {
    return engine.submit(request);
  }

  @Override
  public String about(Topic topic) {
    return switch (topic) {
      case INFO -> info();
      case TEMPLATE -> template.or(() -> metadata("tokenizer.chat_template")).orElse("no template");
      case LICENSE ->
          metadata("general.license")
              .map(name ->
                  name + metadata("general.license.link").map(link -> "\n" + link).orElse(""))
              .orElse("the model does not name its license");
    };
  }

  private String info() {
    EngineDescription about = engine.description();
    return String.format(
        Locale.ROOT,
        "%s: %s, %.1f M parameters, %.1f MB of weights%ncontext %d tokens (trained with %d), cache %.1f MB%nruns here on %s",
        about.name(),
        about.architecture(),
        about.parameterCount() / 1e6,
        about.weightBytes() / 1e6,
        about.contextLength(),
        about.trainedContextLength(),
        about.kvBytes() / 1e6,
        about.backend());
  }

  private Optional<String> metadata(String key) {
    try (Gguf gguf = Gguf.open(file)) {
      return gguf.metadata().string(key);
    }
  }

  /// The model is loaded a second time before the first one goes: it may not fit.
  @Override
  public void changeContext(int tokens) {
    Engine changed;
    try {
      changed = loader.apply(tokens);
    } catch (OutOfMemoryError e) {
      throw new EngineException("num_ctx: %d tokens do not fit into memory".formatted(tokens), e);
    }
    engine.close();
    engine = changed;
  }

  @Override
  public void close() {
    engine.close();
  }
}
