package dev.jmr.tensor.backend;

import java.util.ArrayList;
import java.util.List;

/// How long an executable has spent on each part of its graph since it was compiled. Immutable.
///
/// The times are those of the thread that calls [Executable#run], from the end of the part before to the end of this
/// one: waiting for other workers counts. What is no part of the graph, such as copying logits, is not in it.
///
/// @param entries in the order of execution; the same ones in each profile of an executable
public record OpProfile(List<Entry> entries) {
  /// Nothing was measured.
  public static final OpProfile EMPTY = new OpProfile(List.of());

  /// One part: an operation, several that are computed together, or a step of one of these.
  ///
  /// @param kind the kind of operation, and where it has several steps which one: `linear`, `linear/pack`
  /// @param name the values that it makes: `blk.0.attn_q+attn_k+attn_v`
  /// @param weights the types of its large weights, `Q4_K+Q6_K`; empty = it has none
  /// @param calls how often it was run
  /// @param nanos how long that took
  /// @param weightBytes bytes of weights that had to be read for that, see [dev.jmr.tensor.graph.WeightTraffic]
  public record Entry(
      String kind, String name, String weights, long calls, long nanos, long weightBytes) {
    /// This entry and `sign` times another.
    private Entry plus(int sign, Entry other) {
      return new Entry(
          kind,
          name,
          weights,
          calls + sign * other.calls,
          nanos + sign * other.nanos,
          weightBytes + sign * other.weightBytes);
    }
  }

  public OpProfile {
    entries = List.copyOf(entries);
  }

  /// What was spent since `earlier`, which is of the same executable or [#EMPTY].
  ///
  /// @throws IllegalArgumentException if it is of another one
  public OpProfile minus(OpProfile earlier) {
    return plus(-1, earlier);
  }

  /// Both together; `other` is of the same executable or [#EMPTY].
  ///
  /// @throws IllegalArgumentException if it is of another one
  public OpProfile plus(OpProfile other) {
    return entries.isEmpty() ? other : plus(1, other);
  }

  private OpProfile plus(int sign, OpProfile other) {
    if (other.entries.isEmpty()) {
      return this;
    }
    if (other.entries.size() != entries.size()) {
      throw new IllegalArgumentException(
          "profile: expected one with %d entries, got %d"
              .formatted(entries.size(), other.entries.size()));
    }
    List<Entry> sums = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      sums.add(entries.get(i).plus(sign, other.entries.get(i)));
    }
    return new OpProfile(sums);
  }

  /// All parts together.
  public long nanos() {
    return entries.stream().mapToLong(Entry::nanos).sum();
  }
}
