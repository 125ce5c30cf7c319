package dev.jmr.model.template.value;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.limit.TemplateLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tuple; the only container that can be a key.
///
/// @param elements in order
/// @param names of the elements where they have some, as in the groups of `groupby`; else empty
public record TupleValue(List<Value> elements, List<String> names) implements Sequence {
  /// Comparisons of keys have no rendering to belong to; they are bounded all the same.
  private static final TemplateLimits KEY_LIMITS = TemplateLimits.DEFAULTS.withIterations(1 << 16);

  public TupleValue {
    elements = List.copyOf(elements);
    names = List.copyOf(names);
  }

  public static TupleValue of(Value... elements) {
    return new TupleValue(List.of(elements), List.of());
  }

  public static TupleValue copyOf(List<? extends Value> elements) {
    return new TupleValue(List.copyOf(elements), List.of());
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Value get(int index) {
    return elements.get(index);
  }

  @Override
  public String typeName() {
    return "tuple";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TupleValue t && Comparison.equal(this, t, new Budget(KEY_LIMITS));
  }

  @Override
  public int hashCode() {
    int hash = elements.size();
    for (Value element : elements) {
      hash = 31 * hash + (element instanceof TupleValue t ? t.size() : element.hashCode());
    }
    return hash;
  }
}
