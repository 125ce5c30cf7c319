package dev.jmr.server.transfer;

import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.store.ModelStore;
import java.util.List;

/// Says of a model that could not be found which models of the store have nearly its name.
public final class NearestModels {
  private NearestModels() {}

  /// The failure of a pull, with the suggestion in its message if there is one to make.
  ///
  /// @param wanted what was looked for; not in the store
  /// @param failure of the registry to name it
  public static RegistryException suggest(
      ModelStore store, ModelReference wanted, RegistryException failure) {
    boolean mayBeMistyped =
        switch (failure.kind()) {
          // Docker Hub does not let anyone into a repository that is not there.
          case NOT_FOUND, UNAUTHORIZED, UNREACHABLE -> true;
          case UNSUPPORTED, INVALID -> false;
        };
    List<String> near = mayBeMistyped ? store.suggestions(wanted.display()) : List.of();
    return near.isEmpty()
        ? failure
        : new RegistryException(
            failure.kind(),
            "%s; did you mean %s, which %s in the store?"
                .formatted(
                    failure.getMessage(),
                    String.join(" or ", near),
                    near.size() == 1 ? "is" : "are"),
            failure);
  }
}
