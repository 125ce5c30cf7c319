package dev.jmr.runtime;

import java.util.List;

/// Documents whose fitness for a query is asked for.
///
/// @param documents at least one
/// @param truncate whether a document that, with the query, is longer than the context is cut at its end, rather than
///     refused
public record RerankRequest(String query, List<String> documents, boolean truncate) {
  public RerankRequest {
    documents = List.copyOf(documents);
    if (documents.isEmpty()) {
      throw new IllegalArgumentException("documents: expected at least one, got none");
    }
  }

  /// Whole documents; too long ones are refused.
  public RerankRequest(String query, List<String> documents) {
    this(query, documents, false);
  }
}
