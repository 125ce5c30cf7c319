package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.util.Optional;

/// What has attributes or can be called: macros, methods, functions, loops, cyclers. Equal only to itself.
public non-sealed interface ObjectValue extends Value {
  default Optional<Value> attribute(String name) {
    return Optional.empty();
  }

  default boolean callable() {
    return true;
  }

  /// Calls it.
  ///
  /// @throws TemplateException if the arguments do not fit, or it cannot be called
  Value call(Arguments arguments, Budget budget);

  @Override
  default boolean truthy() {
    return true;
  }
}
