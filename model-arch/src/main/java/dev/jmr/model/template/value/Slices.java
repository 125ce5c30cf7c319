package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.util.ArrayList;
import java.util.List;

/// Python's `value[start:stop:step]`.
public final class Slices {
  private Slices() {}

  /// The part of a value.
  ///
  /// @param start and the others: an integer, or none
  /// @throws TemplateException if the value cannot be sliced
  public static Value slice(Value value, Value start, Value stop, Value step, Budget budget) {
    return switch (value) {
      case Str text -> slice(text, bounds(start, stop, step, text.length()), budget);
      case ListValue list ->
          ListValue.copyOf(pick(list, bounds(start, stop, step, list.size()), budget));
      case TupleValue tuple ->
          TupleValue.copyOf(pick(tuple, bounds(start, stop, step, tuple.size()), budget));
      case RangeValue range -> {
        Bounds b = bounds(start, stop, step, range.size());
        yield new RangeValue(
            range.start() + b.first * range.step(),
            range.start() + b.end * range.step(),
            range.step() * b.step,
            b.count);
      }
      case Undefined u -> throw u.failure();
      case DictValue d -> throw new TemplateException("unhashable type: 'slice'");
      default ->
          throw new TemplateException("'" + value.typeName() + "' object is not subscriptable");
    };
  }

  private static Str slice(Str text, Bounds bounds, Budget budget) {
    budget.value(bounds.count);
    if (bounds.step == 1) {
      return text.substring((int) bounds.first, (int) bounds.first + bounds.count);
    }
    int[] characters = text.text().codePoints().toArray();
    StringBuilder picked = new StringBuilder();
    for (int i = 0; i < bounds.count; i++) {
      picked.appendCodePoint(characters[(int) (bounds.first + i * bounds.step)]);
    }
    return Str.of(picked.toString());
  }

  private static List<Value> pick(Sequence sequence, Bounds bounds, Budget budget) {
    budget.elements(bounds.count);
    List<Value> picked = new ArrayList<>(bounds.count);
    for (int i = 0; i < bounds.count; i++) {
      picked.add(sequence.get((int) (bounds.first + i * bounds.step)));
    }
    return picked;
  }

  /// Where a slice begins and ends, and how many elements it has.
  private record Bounds(long first, long end, long step, int count) {}

  private static Bounds bounds(Value start, Value stop, Value step, int size) {
    long stride = index(step, 1);
    if (stride == 0) {
      throw new TemplateException("slice step cannot be zero");
    }
    boolean up = stride > 0;
    long first = clamped(index(start, up ? 0 : Long.MAX_VALUE), size, up);
    long end = clamped(index(stop, up ? Long.MAX_VALUE : Long.MIN_VALUE), size, up);
    long distance = up ? end - first : first - end;
    long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(stride) + 1;
    return new Bounds(first, end, stride, (int) count);
  }

  private static long clamped(long index, int size, boolean up) {
    long fromStart = index < 0 && index != Long.MIN_VALUE ? index + size : index;
    return Math.clamp(fromStart, up ? 0 : -1, up ? size : size - 1);
  }

  private static long index(Value value, long absent) {
    return switch (value) {
      case None n -> absent;
      case Int i -> i.clamped();
      case Bool b -> b.toInt().asLong();
      case Undefined u -> throw u.failure();
      default ->
          throw new TemplateException(
              "slice indices must be integers or None or have an __index__ method");
    };
  }
}
