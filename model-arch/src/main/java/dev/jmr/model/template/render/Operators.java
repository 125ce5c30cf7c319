package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.library.PercentFormat;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.syntax.Expression.Operation;
import dev.jmr.model.template.syntax.Expression.Sign;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.value.Arithmetic;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Comparison;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import java.util.List;

/// Compiles signs, arithmetic and comparisons.
final class Operators {
  private Operators() {}

  /// What an operator does with two values.
  private interface Operator {
    Value apply(Value a, Value b, Budget budget);
  }

  static Expr sign(Sign sign, Expr operand) {
    return frame -> {
      Value value = operand.evaluate(frame);
      try {
        return sign.negative() ? Arithmetic.negate(value) : Arithmetic.plus(value);
      } catch (TemplateException e) {
        throw sign.position().of(e);
      }
    };
  }

  static Expr arithmetic(Expr first, List<Operation> operations, Expr[] operands) {
    Operator[] operators =
        operations.stream().map(o -> arithmetic(o.operator())).toArray(Operator[]::new);
    Position[] positions = operations.stream().map(Operation::position).toArray(Position[]::new);
    return frame -> {
      Value value = first.evaluate(frame);
      for (int i = 0; i < operands.length; i++) {
        Value operand = operands[i].evaluate(frame);
        try {
          value = operators[i].apply(value, operand, frame.budget());
        } catch (TemplateException e) {
          throw positions[i].of(e);
        }
      }
      return value;
    };
  }

  private static Operator arithmetic(String operator) {
    return switch (operator) {
      case "+" -> Arithmetic::add;
      case "-" -> Arithmetic::subtract;
      case "*" -> Arithmetic::multiply;
      case "/" -> (a, b, budget) -> Arithmetic.divide(a, b);
      case "//" -> (a, b, budget) -> Arithmetic.floorDivide(a, b);
      case "%" ->
          (a, b, budget) ->
              a instanceof Str text
                  ? PercentFormat.format(text.text(), b, budget)
                  : Arithmetic.modulo(a, b);
      case "**" -> Arithmetic::power;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  static Expr comparison(Expr first, List<Operation> operations, Expr[] operands) {
    Operator[] operators =
        operations.stream().map(o -> comparison(o.operator())).toArray(Operator[]::new);
    Position[] positions = operations.stream().map(Operation::position).toArray(Position[]::new);
    return frame -> {
      Value left = first.evaluate(frame);
      for (int i = 0; i < operands.length; i++) {
        Value right = operands[i].evaluate(frame);
        try {
          if (!operators[i].apply(left, right, frame.budget()).truthy()) {
            return Bool.FALSE;
          }
        } catch (TemplateException e) {
          throw positions[i].of(e);
        }
        left = right;
      }
      return Bool.TRUE;
    };
  }

  private static Operator comparison(String operator) {
    return switch (operator) {
      case "==" -> (a, b, budget) -> Bool.of(Comparison.equal(a, b, budget));
      case "!=" -> (a, b, budget) -> Bool.of(!Comparison.equal(a, b, budget));
      case "in" -> (a, b, budget) -> Bool.of(Comparison.contains(b, a, budget));
      case "not in" -> (a, b, budget) -> Bool.of(!Comparison.contains(b, a, budget));
      case "<" ->
          (a, b, budget) ->
              Bool.of(Comparison.order(a, b, "<", budget).filter(o -> o < 0).isPresent());
      case "<=" ->
          (a, b, budget) ->
              Bool.of(Comparison.order(a, b, "<=", budget).filter(o -> o <= 0).isPresent());
      case ">" ->
          (a, b, budget) ->
              Bool.of(Comparison.order(a, b, ">", budget).filter(o -> o > 0).isPresent());
      case ">=" ->
          (a, b, budget) ->
              Bool.of(Comparison.order(a, b, ">=", budget).filter(o -> o >= 0).isPresent());
      default -> throw new IllegalArgumentException(operator);
    };
  }
}
