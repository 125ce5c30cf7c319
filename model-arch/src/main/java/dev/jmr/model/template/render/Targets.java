package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.syntax.Statement.AttributeTarget;
import dev.jmr.model.template.syntax.Statement.NameTarget;
import dev.jmr.model.template.syntax.Statement.Target;
import dev.jmr.model.template.syntax.Statement.TupleTarget;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.NamespaceValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.Iterator;

/// Compiles targets of assignments.
final class Targets {
  private Targets() {}

  static Assigner compile(Target target, Scope scope) {
    return switch (target) {
      case NameTarget t -> Names.assign(t.name(), scope);
      case AttributeTarget t -> attribute(t, scope);
      case TupleTarget t -> {
        Assigner[] elements =
            t.elements().stream().map(e -> compile(e, scope)).toArray(Assigner[]::new);
        yield (frame, value) -> unpack(value, elements, frame, t.position());
      }
    };
  }

  private static Assigner attribute(AttributeTarget target, Scope scope) {
    Expr owner = Names.read(target.namespace(), scope);
    return (frame, value) -> {
      Value namespace = owner.evaluate(frame);
      if (namespace instanceof NamespaceValue n) {
        n.attributes().put(target.attribute(), value);
      } else if (namespace instanceof Undefined u) {
        throw target.position().of(u.failure());
      } else {
        throw target
            .position()
            .of(
                new TemplateException(
                    "cannot assign attribute on non-namespace object '"
                        + target.namespace()
                        + "'"));
      }
    };
  }

  private static void unpack(Value value, Assigner[] targets, Frame frame, Position position) {
    try {
      if (value instanceof Undefined u) {
        throw u.failure();
      }
      Iterator<Value> elements = Iteration.of(value);
      for (int i = 0; i < targets.length; i++) {
        if (!elements.hasNext()) {
          throw new TemplateException(
              "not enough values to unpack (expected " + targets.length + ", got " + i + ")");
        }
        targets[i].assign(frame, elements.next());
      }
      if (elements.hasNext()) {
        throw new TemplateException("too many values to unpack (expected " + targets.length + ")");
      }
    } catch (TemplateException e) {
      throw position.of(e);
    }
  }
}
