package dev.jmr.runtime.tuning;

import dev.jmr.model.Model;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.BackendProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The tuning that a model is run with. Without a file, or without an entry in it that fits, everything has its standard
/// value.
///
/// @param tuning the settings
/// @param note what to tell the user: which tuning it is, or a warning why the file is ignored; empty if there is nothing
public record TuningChoice(Tuning tuning, Optional<String> note) {
  private static final TuningChoice NOTHING = new TuningChoice(Tuning.NONE, Optional.empty());

  /// Looks for the entry of `model` on this machine. Never fails: a file that cannot be used is ignored with a warning.
  ///
  /// @param file where tunings are kept; empty = they are not wanted
  public static TuningChoice of(Optional<Path> file, Model model, BackendProvider provider) {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return NOTHING;
    }
    try {
      TuningKey key = TuningKey.of(model, provider);
      return new TuningFile(file.get())
          .read().stream()
              .filter(entry -> entry.key().equals(key))
              .findFirst()
              .map(entry -> of(entry, file.get(), provider))
              .orElse(NOTHING);
    } catch (EngineException e) {
      return ignored(String.valueOf(e.getMessage()));
    }
  }

  /// As the other, for a model that is not open.
  ///
  /// @throws RuntimeException as [Model#open] does, if there is a file of tunings and the model cannot be opened
  public static TuningChoice of(Optional<Path> file, Path model, BackendProvider provider) {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return NOTHING;
    }
    try (Model opened = Model.open(model)) {
      return of(file, opened, provider);
    }
  }

  private static TuningChoice of(TuningEntry entry, Path file, BackendProvider provider) {
    try {
      entry.tuning().validate(provider);
      return new TuningChoice(entry.tuning(), Optional.of(entry.toString()));
    } catch (TensorException e) {
      return ignored("%s: %s; tune again".formatted(file, e.getMessage()));
    }
  }

  private static TuningChoice ignored(String why) {
    return new TuningChoice(
        Tuning.NONE, Optional.of(EngineDescription.WARNING + "tuning is ignored: " + why));
  }
}
