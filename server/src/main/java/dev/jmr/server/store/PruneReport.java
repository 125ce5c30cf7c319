package dev.jmr.server.store;

import java.util.List;

/// What pruning removed.
///
/// @param removals of models without names
/// @param blobs that no model used
/// @param partials of downloads that nobody went on with
/// @param freedBytes of all of them
public record PruneReport(List<Removal> removals, int blobs, int partials, long freedBytes) {
  public PruneReport {
    removals = List.copyOf(removals);
  }
}
