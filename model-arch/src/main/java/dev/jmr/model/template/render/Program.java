package dev.jmr.model.template.render;

import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.syntax.Statement;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A compiled template. Immutable: threads may run it at the same time.
public final class Program {
  private final Node body;
  private final Scope scope;

  private Program(Node body, Scope scope) {
    this.body = body;
    this.scope = scope;
  }

  /// Compiles a template.
  ///
  /// @throws dev.jmr.model.template.error.TemplateSyntaxException for filters and tests that are not known
  public static Program compile(List<Statement> statements) {
    Scope scope = Scope.root();
    return new Program(new StatementCompiler().body(statements, scope), scope);
  }

  /// Renders the template.
  ///
  /// @param variables gives the value of a name, or null
  public String run(Function<String, @Nullable Value> variables, Budget budget) {
    Frame frame = new Frame(scope.layout().slots(), null, budget);
    for (Map.Entry<String, Integer> slot : scope.slots().entrySet()) {
      Value value = variables.apply(slot.getKey());
      if (value != null) {
        frame.set(slot.getValue(), value);
      }
    }
    Output out = new Output(budget);
    body.render(frame, out);
    return out.toString();
  }
}
