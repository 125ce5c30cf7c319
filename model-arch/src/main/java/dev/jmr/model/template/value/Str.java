package dev.jmr.model.template.value;

import org.jspecify.annotations.Nullable;

/// A string. Lengths and indices are in code points, as Python counts.
public final class Str implements Value {
  public static final Str EMPTY = new Str("", false);

  private final String text;
  private final boolean safe;
  private int length = -1;

  private Str(String text, boolean safe) {
    this.text = text;
    this.safe = safe;
  }

  public static Str of(String text) {
    return text.isEmpty() ? EMPTY : new Str(text, false);
  }

  /// A string that `escape` leaves as it is.
  public static Str safe(String text) {
    return new Str(text, true);
  }

  public String text() {
    return text;
  }

  public boolean isSafe() {
    return safe;
  }

  /// Code points.
  public int length() {
    if (length < 0) {
      length = text.codePointCount(0, text.length());
    }
    return length;
  }

  /// Whether each code point is one `char`.
  public boolean isBasic() {
    return length() == text.length();
  }

  /// The index in `chars` of the code point at an index in range.
  public int offset(int codePoint) {
    return isBasic() ? codePoint : text.offsetByCodePoints(0, codePoint);
  }

  /// The index in code points of an index in `chars`.
  public int codePointIndex(int offset) {
    return isBasic() ? offset : text.codePointCount(0, offset);
  }

  /// The code points from `from` (inclusive) to `to`, both in range.
  public Str substring(int from, int to) {
    return from >= to ? EMPTY : of(text.substring(offset(from), offset(to)));
  }

  @Override
  public String typeName() {
    return safe ? "Markup" : "str";
  }

  @Override
  public boolean truthy() {
    return !text.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Str s && text.equals(s.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
