package dev.jmr.model.template.syntax;

import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Optional;

/// An expression of the source. Chains of operators and of postfixes are one node each, so that the tree is never
/// deeper than the source is nested.
public sealed interface Expression {
  Position position();

  record Constant(Value value, Position position) implements Expression {}

  record Name(String name, Position position) implements Expression {}

  record ListLiteral(List<Expression> elements, Position position) implements Expression {}

  record TupleLiteral(List<Expression> elements, Position position) implements Expression {}

  record DictLiteral(List<Entry> entries, Position position) implements Expression {}

  record Entry(Expression key, Expression value) {}

  /// `then if condition else otherwise`
  record Conditional(
      Expression condition, Expression then, Optional<Expression> otherwise, Position position)
      implements Expression {}

  record And(List<Expression> operands, Position position) implements Expression {}

  record Or(List<Expression> operands, Position position) implements Expression {}

  record Not(Expression operand, Position position) implements Expression {}

  /// `-x` and `+x`
  record Sign(boolean negative, Expression operand, Position position) implements Expression {}

  /// `a < b <= c`
  record Compare(Expression first, List<Operation> rest, Position position) implements Expression {}

  /// `a + b - c`, from left to right
  record Arithmetic(Expression first, List<Operation> rest, Position position)
      implements Expression {}

  /// An operator, by its text (`in` and `not in` too), and what stands to the right of it.
  record Operation(String operator, Expression operand, Position position) {}

  /// `a ~ b ~ c`
  record Concatenation(List<Expression> operands, Position position) implements Expression {}

  /// `subject.a[b](c)|d is e`
  record Postfix(Expression subject, List<Step> steps, Position position) implements Expression {}

  /// One postfix.
  sealed interface Step {
    Position position();
  }

  record Attribute(String name, Position position) implements Step {}

  record Item(Expression key, Position position) implements Step {}

  record Slice(
      Optional<Expression> start,
      Optional<Expression> stop,
      Optional<Expression> step,
      Position position)
      implements Step {}

  record Call(CallArguments arguments, Position position) implements Step {}

  record Filter(String name, CallArguments arguments, Position position) implements Step {}

  record Test(String name, boolean negated, CallArguments arguments, Position position)
      implements Step {}

  /// What stands between the parentheses of a call.
  record CallArguments(
      List<Expression> positional,
      List<Named> named,
      Optional<Expression> more,
      Optional<Expression> moreNamed) {
    static final CallArguments NONE =
        new CallArguments(List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  record Named(String name, Expression value) {}
}
