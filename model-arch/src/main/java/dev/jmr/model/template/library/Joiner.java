package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;

/// What `joiner(…)` gives: nothing at the first call, then the separator.
final class Joiner implements ObjectValue {
  private final Value separator;
  private boolean used;

  Joiner(Value separator) {
    this.separator = separator;
  }

  @Override
  public String typeName() {
    return "Joiner";
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    Parameters.of("").bind("joiner", arguments, budget);
    if (!used) {
      used = true;
      return Str.EMPTY;
    }
    return separator;
  }
}
