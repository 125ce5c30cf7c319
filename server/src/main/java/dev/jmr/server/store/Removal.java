package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;

/// What removing a model did.
public sealed interface Removal {
  /// A name is gone.
  ///
  /// @param tag in full
  record Untagged(String tag) implements Removal {}

  /// A model is gone, with every blob that no other model uses.
  ///
  /// @param id of the model
  record Deleted(Digest id) implements Removal {}
}
