package dev.jmr.model.template.library;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Value;

/// A filter, test, method or global function.
///
/// @param name as templates write it
/// @param parameters besides the value that it is applied to
public record Builtin(String name, Parameters parameters, Body body) {
  /// What it does.
  @FunctionalInterface
  public interface Body {
    /// Does it.
    ///
    /// @param self the filtered or tested value, the owner of the method, or for functions none
    Value apply(Value self, Bound arguments);
  }

  /// @param parameters as [Parameters#of(String)] reads them
  static Builtin of(String name, String parameters, Body body) {
    return new Builtin(name, Parameters.of(parameters), body);
  }

  /// Applies it to a value.
  ///
  /// @throws dev.jmr.model.template.error.TemplateException if the arguments do not fit
  public Value call(Value self, Arguments arguments, Budget budget) {
    return body.apply(self, parameters.bind(name, arguments, budget));
  }
}
