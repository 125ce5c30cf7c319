package dev.jmr.cli;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Engines;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.tensor.backend.Backends;
import java.nio.file.Path;
import java.util.Locale;

/// Loads a model with the first installed engine that supports it, and tells the user what to know about it.
final class EngineLoader {
  private EngineLoader() {}

  /// The loaded model; the caller closes it.
  ///
  /// @throws dev.jmr.runtime.EngineException if no engine that can be used supports the file, or as it loads
  static Engine load(Context context, Path file, EngineOptions options) {
    long start = System.nanoTime();
    ModelArtifact artifact = new ModelArtifact(file);
    Engine engine = Engines.supporting(Engines.candidates(), artifact).load(artifact, options);
    describe(context, engine.description(), System.nanoTime() - start);
    return engine;
  }

  private static void describe(Context context, EngineDescription engine, long nanos) {
    if (engine.backend().startsWith("reference") && Backends.candidates().size() > 1) {
      context
          .streams()
          .note("warning: computing on the slow reference backend; jmr version tells why");
    }
    if (engine.contextLength() > engine.trainedContextLength()) {
      context
          .streams()
          .note(
              "warning: --ctx %d is more than the %d tokens that the model was trained with; expect nonsense beyond them"
                  .formatted(engine.contextLength(), engine.trainedContextLength()));
    }
    context.detail(
        String.format(
            Locale.ROOT,
            "%s (%s, %.1f M parameters, %.1f MB of weights) loaded in %.2f s",
            engine.name(),
            engine.architecture(),
            engine.parameterCount() / 1e6,
            engine.weightBytes() / 1e6,
            nanos / 1e9));
    context.detail(
        "context %d tokens, cache %.1f MB"
            .formatted(engine.contextLength(), engine.kvBytes() / 1e6));
    context.detail("can " + engine.capabilities());
    context.detail("backend " + engine.backend());
    engine.notes().forEach(note -> tell(context, note));
  }

  /// A warning always, everything else as a detail.
  private static void tell(Context context, String note) {
    if (note.startsWith(EngineDescription.WARNING)) {
      context.streams().note(note);
    } else {
      context.detail(note);
    }
  }
}
