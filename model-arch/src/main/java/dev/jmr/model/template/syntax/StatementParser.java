package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Statement.Break;
import dev.jmr.model.template.syntax.Statement.Continue;
import dev.jmr.model.template.syntax.Statement.Evaluate;
import dev.jmr.model.template.syntax.Statement.Output;
import dev.jmr.model.template.syntax.Statement.Text;
import dev.jmr.model.template.syntax.Token.Kind;
import dev.jmr.model.template.value.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Bodies, and the tags in them. Tags with a body are read by [BlockParser].
final class StatementParser {
  private static final List<String> TAGS =
      List.of(
          "block",
          "break",
          "call",
          "continue",
          "do",
          "filter",
          "for",
          "generation",
          "if",
          "macro",
          "print",
          "raw",
          "set",
          "with",
          "autoescape");
  private static final Set<String> OTHER_TEMPLATES = Set.of("extends", "from", "import", "include");
  private static final Set<String> INNER = Set.of("elif", "else");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final BlockParser blocks;

  /// The tags whose bodies are being read, innermost first.
  private final Deque<String> open = new ArrayDeque<>();

  private int loops;

  StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.blocks = new BlockParser(tokens, expressions, this);
  }

  List<Statement> template() {
    List<Statement> body = statements(Set.of());
    if (!tokens.at(Kind.END)) {
      throw tokens.unexpected("a tag");
    }
    return body;
  }

  /// The statements up to one of the tags, whose name is then the current token.
  List<Statement> body(String tag, Set<String> ends) {
    open.push(tag);
    tokens.enter();
    List<Statement> body = statements(ends);
    tokens.leave();
    open.pop();
    return body;
  }

  /// The body of a loop, where `break` and `continue` may stand.
  List<Statement> loopBody(Set<String> ends) {
    loops++;
    List<Statement> body = body("for", ends);
    loops--;
    return body;
  }

  /// The body of a macro, where those of the loop around it may not.
  List<Statement> detachedBody(String tag, Set<String> ends) {
    int outer = loops;
    loops = 0;
    List<Statement> body = body(tag, ends);
    loops = outer;
    return body;
  }

  private List<Statement> statements(Set<String> ends) {
    List<Statement> body = new ArrayList<>();
    while (true) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> body.add(new Text(token.text()));
        case VARIABLE_BEGIN -> {
          body.add(new Output(expressions.expressions(), token.position()));
          tokens.expect(Kind.VARIABLE_END, "'}}'");
        }
        case BLOCK_BEGIN -> {
          if (tokens.at(Kind.NAME) && ends.contains(tokens.current().text())) {
            return body;
          }
          statement(body);
          tokens.expect(Kind.BLOCK_END, "'%}'");
        }
        case END -> {
          if (!ends.isEmpty()) {
            throw token
                .position()
                .error("tag '" + open.peek() + "' is not closed: expected " + listed(ends));
          }
          return body;
        }
        default -> throw token.position().error("unexpected " + token.described());
      }
    }
  }

  private void statement(List<Statement> body) {
    Position position = tokens.position();
    String tag = tokens.expectName("the name of a tag");
    switch (tag) {
      case "if" -> body.add(blocks.branches());
      case "for" -> body.add(blocks.loop(position));
      case "set" -> body.add(blocks.assignment(position));
      case "macro" -> body.add(blocks.macro(position));
      case "call" -> body.add(blocks.call(position));
      case "filter" -> body.add(blocks.filter(position));
      case "with" -> body.add(blocks.with());
      case "generation" -> body.add(blocks.generation());
      case "block" -> body.add(blocks.block());
      case "autoescape" -> body.add(blocks.autoescape(position));
      case "do" -> body.add(new Evaluate(expressions.expressions()));
      case "print" -> body.add(new Output(expressions.expressions(), position));
      case "break" -> {
        requireLoop("break", position);
        body.add(new Break(position));
      }
      case "continue" -> {
        requireLoop("continue", position);
        body.add(new Continue(position));
      }
      default -> throw unknown(tag, position);
    }
  }

  private void requireLoop(String tag, Position position) {
    if (loops == 0) {
      throw position.error("tag '" + tag + "' stands outside of a loop");
    }
  }

  private RuntimeException unknown(String tag, Position position) {
    if (OTHER_TEMPLATES.contains(tag)) {
      return position.error("tag '" + tag + "' is not supported: a chat template stands alone");
    } else if (tag.startsWith("end") || INNER.contains(tag)) {
      return position.error(
          open.isEmpty()
              ? "unexpected tag '" + tag + "': nothing is open"
              : "unexpected tag '" + tag + "' inside of '" + open.peek() + "'");
    }
    return position.error("unknown tag '" + tag + "'" + Nearest.hint(tag, TAGS));
  }

  private static String listed(Set<String> ends) {
    return String.join(" or ", ends.stream().sorted().map(end -> "'" + end + "'").toList());
  }
}
