package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.render.Node.Flow;
import dev.jmr.model.template.syntax.Statement;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Optional;

/// Compiles statements. Those that open a scope are compiled by [ScopedCompiler].
final class StatementCompiler {
  private final ExpressionCompiler expressions = new ExpressionCompiler();
  private final ScopedCompiler scoped = new ScopedCompiler(this);

  ExpressionCompiler expressions() {
    return expressions;
  }

  Node body(List<Statement> statements, Scope scope) {
    Node[] nodes = statements.stream().map(s -> compile(s, scope)).toArray(Node[]::new);
    return nodes.length == 1 ? nodes[0] : new Body(nodes);
  }

  private Node compile(Statement statement, Scope scope) {
    return switch (statement) {
      case Statement.Text s -> {
        String text = s.text();
        yield (frame, out) -> {
          out.append(text);
          return Flow.NEXT;
        };
      }
      case Statement.Output s -> output(s, scope);
      case Statement.If s -> branches(s, scope);
      case Statement.For s -> loop(s, scope);
      case Statement.Break s -> (frame, out) -> Flow.BREAK;
      case Statement.Continue s -> (frame, out) -> Flow.CONTINUE;
      case Statement.Assign s -> assign(s, scope);
      case Statement.AssignBlock s -> scoped.assignBlock(s, scope);
      case Statement.Macro s -> macro(s, scope);
      case Statement.CallBlock s -> scoped.callBlock(s, scope);
      case Statement.FilterBlock s -> scoped.filterBlock(s, scope);
      case Statement.With s -> scoped.with(s, scope);
      case Statement.Scoped s -> scoped.scoped(s, scope);
      case Statement.Evaluate s -> {
        Expr value = expressions.compile(s.value(), scope);
        yield (frame, out) -> {
          value.evaluate(frame);
          return Flow.NEXT;
        };
      }
    };
  }

  private Node output(Statement.Output s, Scope scope) {
    Expr value = expressions.compile(s.value(), scope);
    return (frame, out) -> {
      Value result = value.evaluate(frame);
      try {
        out.append(Repr.str(result, frame.budget()));
      } catch (TemplateException e) {
        throw s.position().of(e);
      }
      return Flow.NEXT;
    };
  }

  private Node branches(Statement.If s, Scope scope) {
    expressions.enterCondition();
    Expr[] conditions =
        s.branches().stream()
            .map(b -> expressions.compile(b.condition(), scope))
            .toArray(Expr[]::new);
    Node[] bodies = s.branches().stream().map(b -> body(b.body(), scope)).toArray(Node[]::new);
    Node otherwise = body(s.otherwise(), scope);
    expressions.leaveCondition();
    return (frame, out) -> {
      for (int i = 0; i < conditions.length; i++) {
        if (conditions[i].evaluate(frame).truthy()) {
          return bodies[i].render(frame, out);
        }
      }
      return otherwise.render(frame, out);
    };
  }

  private Node assign(Statement.Assign s, Scope scope) {
    Expr value = expressions.compile(s.value(), scope);
    Assigner target = Targets.compile(s.target(), scope);
    return (frame, out) -> {
      target.assign(frame, value.evaluate(frame));
      return Flow.NEXT;
    };
  }

  private Node macro(Statement.Macro s, Scope scope) {
    int slot = scope.declare(s.name());
    MacroCode code = MacroCode.compile(s.name(), s.signature(), this, scope);
    return (frame, out) -> {
      frame.set(slot, new Macro(code, frame));
      return Flow.NEXT;
    };
  }

  private Node loop(Statement.For s, Scope scope) {
    Expr elements = expressions.compile(s.elements(), scope);
    Optional<LoopFilter> filter =
        s.condition()
            .map(condition -> {
              Scope inner = scope.inner();
              Assigner target = Targets.compile(s.target(), inner);
              return new LoopFilter(target, expressions.compile(condition, inner));
            });
    Scope inner = s.recursive() ? scope.newFrame(false) : scope.inner();
    int slot = inner.declare("loop");
    Assigner target = Targets.compile(s.target(), inner);
    Node body = body(s.body(), inner);
    Node otherwise = body(s.otherwise(), scope.inner());
    return new ForNode(
        elements,
        filter,
        target,
        body,
        otherwise,
        s.recursive() ? inner.layout().slots() : 0,
        slot,
        inner.ownSlots(),
        s.height(),
        s.position());
  }
}
