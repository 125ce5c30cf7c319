package dev.jmr.model.grammar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A set of Unicode characters (surrogates are none). Immutable.
///
/// @param bounds first and last of each range, ascending, with a gap between ranges
public record CodePoints(int... bounds) {
  private static final int LAST = 0x10FFFF;
  private static final int FIRST_SURROGATE = 0xD800;
  private static final int LAST_SURROGATE = 0xDFFF;

  public static final CodePoints NONE = new CodePoints();

  /// Every character.
  public static final CodePoints ANY =
      new CodePoints(0, FIRST_SURROGATE - 1, LAST_SURROGATE + 1, LAST);

  /// These characters.
  public static CodePoints of(int... codePoints) {
    return union(Arrays.stream(codePoints).mapToObj(c -> range(c, c)).toList());
  }

  /// The characters of all these sets.
  public static CodePoints union(List<CodePoints> sets) {
    int[][] ranges =
        sets.stream()
            .flatMap(set ->
                IntStream.range(0, set.bounds.length / 2)
                    .mapToObj(i -> new int[] {set.bounds[2 * i], set.bounds[2 * i + 1]}))
            .sorted(Comparator.comparingInt((int[] range) -> range[0]))
            .toArray(int[][]::new);
    int[] merged = new int[ranges.length * 2];
    int size = 0;
    for (int[] range : ranges) {
      if (size > 0 && range[0] <= merged[size - 1] + 1) {
        merged[size - 1] = Math.max(merged[size - 1], range[1]);
      } else {
        merged[size++] = range[0];
        merged[size++] = range[1];
      }
    }
    return new CodePoints(Arrays.copyOf(merged, size));
  }

  /// From `first` to `last`, without surrogates.
  public static CodePoints range(int first, int last) {
    return first > last ? NONE : new CodePoints(first, last).intersect(ANY);
  }

  public CodePoints union(CodePoints other) {
    return union(List.of(this, other));
  }

  public CodePoints intersect(CodePoints other) {
    return intersectRaw(other);
  }

  /// Every character that is not in this set.
  public CodePoints complement() {
    return complementOfAll().intersectRaw(ANY);
  }

  public CodePoints minus(CodePoints other) {
    return intersectRaw(other.complementOfAll());
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  public boolean contains(int codePoint) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (codePoint >= bounds[i] && codePoint <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  private CodePoints complementOfAll() {
    int[] result = new int[bounds.length + 2];
    int size = 0;
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        result[size++] = next;
        result[size++] = bounds[i] - 1;
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= LAST) {
      result[size++] = next;
      result[size++] = LAST;
    }
    return new CodePoints(Arrays.copyOf(result, size));
  }

  private CodePoints intersectRaw(CodePoints other) {
    int[] result = new int[bounds.length + other.bounds.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < bounds.length && j < other.bounds.length) {
      int first = Math.max(bounds[i], other.bounds[j]);
      int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
      if (first <= last) {
        result[size++] = first;
        result[size++] = last;
      }
      if (bounds[i + 1] < other.bounds[j + 1]) {
        i += 2;
      } else {
        j += 2;
      }
    }
    return new CodePoints(Arrays.copyOf(result, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints set && Arrays.equals(bounds, set.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < bounds.length; i += 2) {
      text.append("%s%X-%X".formatted(i == 0 ? "" : " ", bounds[i], bounds[i + 1]));
    }
    return text.append(']').toString();
  }
}
