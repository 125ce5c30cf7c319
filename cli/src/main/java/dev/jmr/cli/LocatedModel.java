package dev.jmr.cli;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.library.RunnableModel;
import dev.jmr.server.manager.ModelSettings;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The `MODEL` of a command line: a GGUF file, or a model of the store.
///
/// @param file the GGUF file, or the first of its shards
/// @param chatTemplate replaces the one in the file
/// @param contextSize as configured, or else chosen by whoever packed the model
/// @param sampling likewise, by names of the API such as `temperature`
record LocatedModel(
    Path file,
    Optional<String> chatTemplate,
    OptionalInt contextSize,
    Map<String, Double> sampling) {
  /// The file that `model` is the path of; else the model of this name or id, pulled when it is not there.
  ///
  /// @throws CliException if it looks like a path and there is no such file, or the file cannot be a model
  /// @throws dev.jmr.server.registry.RegistryException if no registry has it
  static LocatedModel of(Context context, String model) throws InterruptedException {
    if (isFile(model)) {
      return new LocatedModel(ModelFile.of(model), Optional.empty(), OptionalInt.empty(), Map.of());
    }
    ModelLibrary library = ModelStores.open(context.environment());
    if (library.find(model).isEmpty()) {
      pull(context, library.store(), model);
    }
    ModelEntry entry = library.require(model);
    RunnableModel stored = library.runnable(entry);
    ModelSettings settings =
        ModelStores.settings(context.environment())
            .of(entry.id().toString())
            .orElse(stored.defaultParameters());
    return new LocatedModel(
        stored.weights(),
        stored.chatTemplate(),
        settings.contextSize().isPresent() ? settings.contextSize() : stored.contextSize(),
        settings.sampling());
  }

  private static void pull(Context context, ModelStore store, String model)
      throws InterruptedException {
    ModelReference reference = store.reference(model);
    context
        .streams()
        .note(
            "%s is not in the store; pulling %s"
                .formatted(
                    model, model.equals(reference.normalized()) ? "it" : reference.normalized()));
    new Transfers(context, Runners.embedded(context)).pull(reference.toString());
  }

  /// Whether the text can only be the path of a file, or there is such a file.
  static boolean isFile(String model) {
    return model.endsWith(".gguf")
        || model.startsWith(".")
        || model.startsWith("/")
        || model.startsWith("~")
        || model.contains("\\")
        || exists(model);
  }

  private static boolean exists(String model) {
    try {
      return Files.exists(Path.of(model));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// These options with what comes with the model, where they leave it open.
  EngineOptions addTo(EngineOptions options) {
    EngineOptions chosen =
        options.contextLength() == 0 && contextSize.isPresent()
            ? options.withContextLength(contextSize.getAsInt())
            : options;
    return chosen.chatTemplate().isEmpty() && chatTemplate.isPresent()
        ? chosen.withChatTemplate(chatTemplate.get())
        : chosen;
  }
}
