package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Statement.AttributeTarget;
import dev.jmr.model.template.syntax.Statement.NameTarget;
import dev.jmr.model.template.syntax.Statement.Target;
import dev.jmr.model.template.syntax.Statement.TupleTarget;
import dev.jmr.model.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What stands to the left of `=` and `in`.
final class TargetParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final TokenStream tokens;

  TargetParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// One target, or several with commas between them.
  Target targets(boolean attributes) {
    Position position = tokens.position();
    List<Target> elements = new ArrayList<>(1);
    boolean tuple = false;
    do {
      if (!elements.isEmpty() && !tokens.at(Kind.NAME) && !tokens.atOperator("(")) {
        break;
      }
      if (!elements.isEmpty() && tokens.atName("in")) {
        break;
      }
      elements.add(target(attributes));
      tuple |= tokens.atOperator(",");
    } while (tokens.skipOperator(","));
    return tuple ? new TupleTarget(elements, position) : elements.getFirst();
  }

  /// The targets of a loop, which cannot be the variable `loop`.
  Target loopTargets() {
    Position position = tokens.position();
    Target target = targets(false);
    if (names(target, "loop")) {
      throw position.error("cannot assign to 'loop' in the loop itself");
    }
    return target;
  }

  private static boolean names(Target target, String name) {
    return switch (target) {
      case NameTarget t -> t.name().equals(name);
      case AttributeTarget t -> false;
      case TupleTarget t -> t.elements().stream().anyMatch(e -> names(e, name));
    };
  }

  private Target target(boolean attributes) {
    if (tokens.atOperator("(") || tokens.atOperator("[")) {
      tokens.enter();
      String close = tokens.next().text().equals("(") ? ")" : "]";
      Target inner = targets(attributes);
      tokens.expectOperator(close);
      tokens.leave();
      return inner;
    }
    Token name = tokens.expect(Kind.NAME, "a name to assign to");
    if (attributes && tokens.skipOperator(".")) {
      String attribute = tokens.expectName("the name of an attribute");
      return new AttributeTarget(name.text(), attribute, name.position());
    }
    return new NameTarget(assignable(name));
  }

  String assignable(Token name) {
    if (CONSTANTS.contains(name.text())) {
      throw name.position().error("cannot assign to '" + name.text() + "'");
    }
    return name.text();
  }
}
