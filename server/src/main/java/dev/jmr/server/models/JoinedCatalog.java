package dev.jmr.server.models;

import dev.jmr.server.manager.CatalogModel;
import dev.jmr.server.manager.ModelCatalog;
import java.util.List;
import java.util.Optional;

/// Several catalogs as one.
///
/// @param catalogs of which an earlier one wins where two have a model of the same name
public record JoinedCatalog(List<ModelCatalog> catalogs) implements ModelCatalog {
  public JoinedCatalog {
    catalogs = List.copyOf(catalogs);
  }

  @Override
  public List<CatalogModel> models() {
    return catalogs.stream().flatMap(catalog -> catalog.models().stream()).toList();
  }

  @Override
  public Optional<CatalogModel> find(String reference) {
    return catalogs.stream().flatMap(catalog -> catalog.find(reference).stream()).findFirst();
  }
}
