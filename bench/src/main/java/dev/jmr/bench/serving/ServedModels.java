package dev.jmr.bench.serving;

/// Finds who answers for the model that a command line names.
@FunctionalInterface
public interface ServedModels {
  /// Knows nobody.
  ServedModels NONE =
      (model, _) -> {
        throw new IllegalArgumentException(model + ": nobody answers for models here");
      };

  /// The model, loaded or not; the caller closes it.
  ///
  /// @param model what the user wrote
  /// @param parallel how many will ask at the same time, at most
  /// @throws RuntimeException with a message for the user if there is none
  /// @throws InterruptedException if interrupted while the model is fetched or loaded
  ServedModel open(String model, int parallel) throws InterruptedException;
}
