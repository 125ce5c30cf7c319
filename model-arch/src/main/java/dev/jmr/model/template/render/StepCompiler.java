package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.library.Attributes;
import dev.jmr.model.template.library.Builtin;
import dev.jmr.model.template.library.Filters;
import dev.jmr.model.template.library.Methods;
import dev.jmr.model.template.library.Tests;
import dev.jmr.model.template.syntax.Expression;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Slices;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compiles postfixes.
final class StepCompiler {
  private final ExpressionCompiler expressions;

  StepCompiler(ExpressionCompiler expressions) {
    this.expressions = expressions;
  }

  Step[] compile(List<Expression.Step> steps, Scope scope) {
    List<Step> compiled = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      boolean beforeCall = i + 1 < steps.size() && steps.get(i + 1) instanceof Expression.Call;
      if (steps.get(i) instanceof Expression.Attribute attribute && beforeCall) {
        compiled.add(method(attribute, (Expression.Call) steps.get(++i), scope));
      } else {
        compiled.add(compile(steps.get(i), scope));
      }
    }
    return compiled.toArray(Step[]::new);
  }

  private Step compile(Expression.Step step, Scope scope) {
    Step compiled =
        switch (step) {
          case Expression.Attribute s -> {
            Str name = Str.of(s.name());
            yield (subject, frame) -> Attributes.attribute(subject, name);
          }
          case Expression.Item s -> {
            Expr key = expressions.compile(s.key(), scope);
            yield (subject, frame) -> Attributes.item(subject, key.evaluate(frame));
          }
          case Expression.Slice s -> slice(s, scope);
          case Expression.Call s -> {
            CallArguments arguments = CallArguments.compile(s.arguments(), expressions, scope);
            yield (subject, frame) -> call(subject, arguments.evaluate(frame), frame);
          }
          case Expression.Filter s -> filter(s, scope);
          case Expression.Test s -> test(s, scope);
        };
    return placed(compiled, step.position());
  }

  private static Step placed(Step step, Position position) {
    return (subject, frame) -> {
      try {
        return step.apply(subject, frame);
      } catch (TemplateException e) {
        throw position.of(e);
      }
    };
  }

  private Step slice(Expression.Slice slice, Scope scope) {
    Expr start = edge(slice.start(), scope);
    Expr stop = edge(slice.stop(), scope);
    Expr step = edge(slice.step(), scope);
    return (subject, frame) ->
        Slices.slice(
            subject,
            start.evaluate(frame),
            stop.evaluate(frame),
            step.evaluate(frame),
            frame.budget());
  }

  private Expr edge(Optional<Expression> edge, Scope scope) {
    return edge.map(e -> expressions.compile(e, scope)).orElse(frame -> None.NONE);
  }

  /// Calls a value.
  static Value call(Value callee, Arguments arguments, Frame frame) {
    return switch (callee) {
      case ObjectValue object -> object.call(arguments, frame.budget());
      case Undefined u -> throw u.failure();
      default -> throw new TemplateException("'" + callee.typeName() + "' object is not callable");
    };
  }

  /// `subject.name(arguments)` in one step: methods are not made into values first.
  private Step method(Expression.Attribute attribute, Expression.Call call, Scope scope) {
    CallArguments arguments = CallArguments.compile(call.arguments(), expressions, scope);
    String name = attribute.name();
    Str key = Str.of(name);
    Step step =
        (subject, frame) -> {
          Optional<Builtin> method = Methods.find(subject, name);
          if (method.isPresent()) {
            return method.get().call(subject, arguments.evaluate(frame), frame.budget());
          }
          Value callee = Attributes.attribute(subject, key);
          if (callee instanceof Undefined u) {
            throw new TemplateException(u.message() + Methods.hint(subject, name));
          }
          return call(callee, arguments.evaluate(frame), frame);
        };
    return placed(step, attribute.position());
  }

  private Step filter(Expression.Filter filter, Scope scope) {
    CallArguments arguments = CallArguments.compile(filter.arguments(), expressions, scope);
    Optional<Builtin> builtin = Filters.find(filter.name());
    if (builtin.isEmpty()) {
      return unknown(Filters.unknown(filter.name()), filter.position());
    }
    Builtin known = builtin.get();
    return (subject, frame) -> known.call(subject, arguments.evaluate(frame), frame.budget());
  }

  private Step test(Expression.Test test, Scope scope) {
    CallArguments arguments = CallArguments.compile(test.arguments(), expressions, scope);
    Optional<Builtin> builtin = Tests.find(test.name());
    if (builtin.isEmpty()) {
      return unknown(Tests.unknown(test.name()), test.position());
    }
    Builtin known = builtin.get();
    boolean wanted = !test.negated();
    return (subject, frame) ->
        Bool.of(known.call(subject, arguments.evaluate(frame), frame.budget()).truthy() == wanted);
  }

  private Step unknown(String message, Position position) {
    if (!expressions.isConditional()) {
      throw position.error(message);
    }
    return (subject, frame) -> {
      throw position.error(message);
    };
  }

  /// Filters one after the other, as `set` and `filter` blocks have them.
  Step[] filters(List<Expression.Filter> filters, Scope scope) {
    return compile(List.copyOf(filters), scope);
  }
}
