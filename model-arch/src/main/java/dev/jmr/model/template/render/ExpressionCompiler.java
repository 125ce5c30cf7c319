package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.library.Globals;
import dev.jmr.model.template.syntax.Expression;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.BoundedText;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Compiles expressions.
final class ExpressionCompiler {
  private final StepCompiler steps = new StepCompiler(this);

  /// How many conditions are around: unknown filters and tests are errors only when they are reached there.
  private int conditions;

  StepCompiler steps() {
    return steps;
  }

  void enterCondition() {
    conditions++;
  }

  void leaveCondition() {
    conditions--;
  }

  boolean isConditional() {
    return conditions > 0;
  }

  Expr compile(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant e -> constant(e.value());
      case Expression.Name e -> Names.read(e.name(), scope);
      case Expression.ListLiteral e -> list(all(e.elements(), scope));
      case Expression.TupleLiteral e -> tuple(all(e.elements(), scope));
      case Expression.DictLiteral e -> dict(e, scope);
      case Expression.Conditional e -> conditional(e, scope);
      case Expression.And e -> and(all(e.operands(), scope));
      case Expression.Or e -> or(all(e.operands(), scope));
      case Expression.Not e -> {
        Expr operand = compile(e.operand(), scope);
        yield frame -> Bool.of(!operand.evaluate(frame).truthy());
      }
      case Expression.Sign e -> Operators.sign(e, compile(e.operand(), scope));
      case Expression.Compare e ->
          Operators.comparison(compile(e.first(), scope), e.rest(), operands(e.rest(), scope));
      case Expression.Arithmetic e ->
          Operators.arithmetic(compile(e.first(), scope), e.rest(), operands(e.rest(), scope));
      case Expression.Concatenation e -> concatenation(all(e.operands(), scope), e.position());
      case Expression.Postfix e -> postfix(e, scope);
    };
  }

  Expr[] all(List<Expression> expressions, Scope scope) {
    return expressions.stream().map(e -> compile(e, scope)).toArray(Expr[]::new);
  }

  private Expr[] operands(List<Expression.Operation> operations, Scope scope) {
    return operations.stream().map(o -> compile(o.operand(), scope)).toArray(Expr[]::new);
  }

  private static Expr constant(Value value) {
    return frame -> value;
  }

  private static Expr list(Expr[] elements) {
    return frame -> ListValue.copyOf(evaluated(elements, frame));
  }

  private static Expr tuple(Expr[] elements) {
    return frame -> TupleValue.copyOf(evaluated(elements, frame));
  }

  private static List<Value> evaluated(Expr[] elements, Frame frame) {
    frame.budget().elements(elements.length);
    List<Value> values = new ArrayList<>(elements.length);
    for (Expr element : elements) {
      values.add(element.evaluate(frame));
    }
    return values;
  }

  private Expr dict(Expression.DictLiteral literal, Scope scope) {
    Expr[] keys = all(literal.entries().stream().map(Expression.Entry::key).toList(), scope);
    Expr[] values = all(literal.entries().stream().map(Expression.Entry::value).toList(), scope);
    return frame -> {
      frame.budget().elements(keys.length);
      DictValue dict = new DictValue();
      for (int i = 0; i < keys.length; i++) {
        Value key = keys[i].evaluate(frame);
        try {
          dict.put(key, values[i].evaluate(frame));
        } catch (TemplateException e) {
          throw literal.position().of(e);
        }
      }
      return dict;
    };
  }

  private Expr conditional(Expression.Conditional e, Scope scope) {
    enterCondition();
    Expr condition = compile(e.condition(), scope);
    Expr then = compile(e.then(), scope);
    Undefined nothing =
        new Undefined(
            "the inline if-expression on line "
                + e.position().line()
                + " evaluated to false and no else section was defined.");
    Expr otherwise = e.otherwise().map(o -> compile(o, scope)).orElse(constant(nothing));
    leaveCondition();
    return frame -> (condition.evaluate(frame).truthy() ? then : otherwise).evaluate(frame);
  }

  private static Expr and(Expr[] operands) {
    return frame -> {
      Value value = operands[0].evaluate(frame);
      for (int i = 1; i < operands.length && value.truthy(); i++) {
        value = operands[i].evaluate(frame);
      }
      return value;
    };
  }

  private static Expr or(Expr[] operands) {
    return frame -> {
      Value value = operands[0].evaluate(frame);
      for (int i = 1; i < operands.length && !value.truthy(); i++) {
        value = operands[i].evaluate(frame);
      }
      return value;
    };
  }

  private static Expr concatenation(Expr[] operands, Position position) {
    return frame -> {
      try {
        BoundedText text = new BoundedText(frame.budget());
        for (Expr operand : operands) {
          text.append(Repr.str(operand.evaluate(frame), frame.budget()));
        }
        return text.toStr();
      } catch (TemplateException e) {
        throw position.of(e);
      }
    };
  }

  private Expr postfix(Expression.Postfix postfix, Scope scope) {
    Expr subject = compile(postfix.subject(), scope);
    Step[] compiled = steps.compile(postfix.steps(), scope);
    boolean called = postfix.steps().getFirst() instanceof Expression.Call;
    return chain(
        called && postfix.subject() instanceof Expression.Name name
            ? function(subject, name)
            : subject,
        compiled);
  }

  /// A name that is called: if there is nothing of that name, the error says what may have been meant.
  private static Expr function(Expr subject, Expression.Name name) {
    return frame -> {
      Value function = subject.evaluate(frame);
      if (function instanceof Undefined u) {
        throw name.position().of(new TemplateException(u.message() + Globals.hint(name.name())));
      }
      return function;
    };
  }

  static Expr chain(Expr subject, Step[] steps) {
    if (steps.length == 1) {
      Step step = steps[0];
      return frame -> step.apply(subject.evaluate(frame), frame);
    }
    return frame -> {
      Value value = subject.evaluate(frame);
      for (Step step : steps) {
        value = step.apply(value, frame);
      }
      return value;
    };
  }
}
