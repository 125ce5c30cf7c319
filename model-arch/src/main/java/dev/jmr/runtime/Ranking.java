package dev.jmr.runtime;

import java.util.Comparator;
import java.util.List;

/// The answer to a [RerankRequest].
///
/// @param items one for each document, in their order
public record Ranking(List<Item> items) {
  /// How well a document fits.
  ///
  /// @param index of the document in the request
  /// @param score as the model gives it: the larger, the better, on a scale of its own
  /// @param tokenCount tokens that were read, the query's and special ones included
  /// @param truncated whether the document was longer
  public record Item(int index, float score, int tokenCount, boolean truncated) {}

  public Ranking {
    items = List.copyOf(items);
  }

  /// The `count` best, best first; of equal ones the first document comes first.
  public List<Item> best(int count) {
    return items.stream()
        .sorted(Comparator.comparingDouble(Item::score).reversed())
        .limit(count)
        .toList();
  }

  /// Tokens of all pairs.
  public int tokenCount() {
    return items.stream().mapToInt(Item::tokenCount).sum();
  }
}
