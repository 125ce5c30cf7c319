package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Expression.Filter;
import java.util.List;
import java.util.Optional;

/// A piece of a template's body.
public sealed interface Statement {
  record Text(String text) implements Statement {}

  record Output(Expression value, Position position) implements Statement {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression condition, List<Statement> body) {}

  record For(
      Target target,
      Expression elements,
      Optional<Expression> condition,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise,
      int height,
      Position position)
      implements Statement {}

  record Break(Position position) implements Statement {}

  record Continue(Position position) implements Statement {}

  record Assign(Target target, Expression value, Position position) implements Statement {}

  /// `{% set x | filter %}…{% endset %}`
  record AssignBlock(Target target, List<Filter> filters, List<Statement> body, Position position)
      implements Statement {}

  record Macro(String name, Signature signature, Position position) implements Statement {}

  /// `{% call(parameters) f(x) %}…{% endcall %}`; the last step of `call` is the call.
  record CallBlock(Signature signature, Expression.Postfix call, Position position)
      implements Statement {}

  record FilterBlock(List<Filter> filters, List<Statement> body, Position position)
      implements Statement {}

  record With(List<Binding> bindings, List<Statement> body) implements Statement {}

  record Binding(Target target, Expression value, Position position) {}

  /// A body in a scope of its own: `block` and `generation`.
  record Scoped(List<Statement> body) implements Statement {}

  /// `{% do x %}`
  record Evaluate(Expression value) implements Statement {}

  /// Parameters and body of a macro, and how many levels of source the body has.
  record Signature(List<Parameter> parameters, List<Statement> body, int height) {}

  record Parameter(String name, Optional<Expression> byDefault) {}

  /// What can be assigned to.
  sealed interface Target {}

  record NameTarget(String name) implements Target {}

  /// `namespace.attribute`
  record AttributeTarget(String namespace, String attribute, Position position) implements Target {}

  record TupleTarget(List<Target> elements, Position position) implements Target {}
}
