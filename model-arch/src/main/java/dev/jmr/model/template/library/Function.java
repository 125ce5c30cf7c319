package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Value;

/// A global function.
final class Function implements ObjectValue {
  private final Builtin function;

  Function(Builtin function) {
    this.function = function;
  }

  @Override
  public String typeName() {
    return "function";
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    return function.call(None.NONE, arguments, budget);
  }
}
