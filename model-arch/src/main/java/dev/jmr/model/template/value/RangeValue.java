package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;

/// Python's `range`.
public record RangeValue(long start, long stop, long step, int size) implements Sequence {
  public static RangeValue of(long start, long stop, long step, Budget budget) {
    if (step == 0) {
      throw new TemplateException("range() arg 3 must not be zero");
    }
    long distance = step > 0 ? Math.subtractExact(stop, start) : Math.subtractExact(start, stop);
    long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
    long size = distance <= 0 ? 0 : (distance - 1) / stride + 1;
    budget.range(size);
    return new RangeValue(start, stop, step, (int) size);
  }

  @Override
  public Value get(int index) {
    return Int.of(start + index * step);
  }

  @Override
  public String typeName() {
    return "range";
  }
}
