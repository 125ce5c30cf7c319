package dev.jmr.model.template.render;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The variables of one run of a template, a macro, or a level of a recursive loop.
final class Frame {
  private final @Nullable Value[] slots;
  private final @Nullable Frame outer;
  private final Budget budget;

  Frame(int slots, @Nullable Frame outer, Budget budget) {
    this.slots = new Value[slots];
    this.outer = outer;
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  @Nullable Value get(int slot) {
    return slots[slot];
  }

  void set(int slot, Value value) {
    slots[slot] = value;
  }

  /// Forgets the variables of a scope.
  void clear(int[] scope) {
    for (int slot : scope) {
      slots[slot] = null;
    }
  }

  /// The frame so many frames further out.
  Frame outer(int hops) {
    Frame frame = this;
    for (int i = 0; i < hops; i++) {
      frame = Objects.requireNonNull(frame.outer);
    }
    return frame;
  }
}
