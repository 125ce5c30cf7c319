package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Value;

/// A method with the value that it belongs to, not called yet.
final class Method implements ObjectValue {
  private final Value owner;
  private final Builtin method;

  Method(Value owner, Builtin method) {
    this.owner = owner;
    this.method = method;
  }

  @Override
  public String typeName() {
    return "builtin_function_or_method";
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    return method.call(owner, arguments, budget);
  }
}
