package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.render.Node.Flow;
import dev.jmr.model.template.syntax.Expression;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.syntax.Statement;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compiles the statements whose bodies have a scope of their own.
final class ScopedCompiler {
  private final StatementCompiler compiler;

  ScopedCompiler(StatementCompiler compiler) {
    this.compiler = compiler;
  }

  Node scoped(Statement.Scoped s, Scope scope) {
    return scoped(s.body(), scope.inner());
  }

  /// The body; the variables of its scope are new each time.
  private Node scoped(List<Statement> statements, Scope inner) {
    Node body = compiler.body(statements, inner);
    int[] slots = inner.ownSlots();
    return (frame, out) -> {
      frame.clear(slots);
      return body.render(frame, out);
    };
  }

  Node assignBlock(Statement.AssignBlock s, Scope scope) {
    Node body = scoped(s.body(), scope.inner());
    Step[] filters = compiler.expressions().steps().filters(s.filters(), scope);
    Assigner target = Targets.compile(s.target(), scope);
    return (frame, out) -> {
      Output captured = new Output(frame.budget());
      Flow flow = body.render(frame, captured);
      target.assign(frame, filtered(captured.toStr(), filters, frame));
      return flow;
    };
  }

  Node filterBlock(Statement.FilterBlock s, Scope scope) {
    Node body = scoped(s.body(), scope.inner());
    Step[] filters = compiler.expressions().steps().filters(s.filters(), scope);
    return (frame, out) -> {
      Output captured = new Output(frame.budget());
      Flow flow = body.render(frame, captured);
      append(filtered(captured.toStr(), filters, frame), frame, out, s.position());
      return flow;
    };
  }

  private static Value filtered(Str text, Step[] filters, Frame frame) {
    Value value = text;
    for (Step filter : filters) {
      value = filter.apply(value, frame);
    }
    return value;
  }

  private static void append(Value value, Frame frame, Output out, Position position) {
    try {
      out.append(Repr.str(value, frame.budget()));
    } catch (TemplateException e) {
      throw position.of(e);
    }
  }

  Node with(Statement.With s, Scope scope) {
    Scope inner = scope.inner();
    Expr[] values =
        s.bindings().stream()
            .map(b -> compiler.expressions().compile(b.value(), scope))
            .toArray(Expr[]::new);
    Assigner[] targets =
        s.bindings().stream().map(b -> Targets.compile(b.target(), inner)).toArray(Assigner[]::new);
    Node body = compiler.body(s.body(), inner);
    int[] slots = inner.ownSlots();
    return (frame, out) -> {
      Value[] evaluated = new Value[values.length];
      for (int i = 0; i < values.length; i++) {
        evaluated[i] = values[i].evaluate(frame);
      }
      frame.clear(slots);
      for (int i = 0; i < values.length; i++) {
        targets[i].assign(frame, evaluated[i]);
      }
      return body.render(frame, out);
    };
  }

  Node callBlock(Statement.CallBlock s, Scope scope) {
    MacroCode caller = MacroCode.compile(MacroCode.CALLER, s.signature(), compiler, scope);
    List<Expression.Step> steps = s.call().steps();
    Expr subject = compiler.expressions().compile(s.call().subject(), scope);
    Step[] before =
        compiler.expressions().steps().compile(steps.subList(0, steps.size() - 1), scope);
    Expr callee = ExpressionCompiler.chain(subject, before);
    CallArguments arguments =
        CallArguments.compile(
            ((Expression.Call) steps.getLast()).arguments(), compiler.expressions(), scope);
    return (frame, out) -> {
      Value called = callee.evaluate(frame);
      try {
        Arguments plain = arguments.evaluate(frame);
        Map<String, Value> named = new LinkedHashMap<>(plain.named());
        named.put(MacroCode.CALLER, new Macro(caller, frame));
        Arguments all = new Arguments(plain.positional(), named);
        append(StepCompiler.call(called, all, frame), frame, out, s.position());
      } catch (TemplateException e) {
        throw s.position().of(e);
      }
      return Flow.NEXT;
    };
  }
}
