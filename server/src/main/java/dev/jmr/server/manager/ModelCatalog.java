package dev.jmr.server.manager;

import java.util.List;
import java.util.Optional;

/// The models that are on this machine. Thread-safe; each call looks anew, so that models may come and go.
public interface ModelCatalog {
  /// All of them.
  List<CatalogModel> models();

  /// The model that a user means: by a tag, however short, or an id or its beginning.
  Optional<CatalogModel> find(String reference);
}
