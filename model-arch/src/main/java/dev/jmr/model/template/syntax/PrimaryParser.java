package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Expression.Constant;
import dev.jmr.model.template.syntax.Expression.DictLiteral;
import dev.jmr.model.template.syntax.Expression.Entry;
import dev.jmr.model.template.syntax.Expression.ListLiteral;
import dev.jmr.model.template.syntax.Expression.Name;
import dev.jmr.model.template.syntax.Expression.TupleLiteral;
import dev.jmr.model.template.syntax.Token.Kind;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Str;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Literals, names, and what stands in brackets.
final class PrimaryParser {
  /// Python reads no longer integers either.
  private static final int MAXIMUM_DIGITS = 2048;

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  PrimaryParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name(tokens.next());
      case STRING -> string();
      case INTEGER -> integer(tokens.next());
      case FLOAT ->
          new Constant(new Real(Double.parseDouble(tokens.next().text())), token.position());
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parentheses();
            case "[" -> list();
            case "{" -> dict();
            default -> throw tokens.unexpected("an expression");
          };
      default -> throw tokens.unexpected("an expression");
    };
  }

  private static Expression name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Constant(Bool.TRUE, token.position());
      case "false", "False" -> new Constant(Bool.FALSE, token.position());
      case "none", "None" -> new Constant(None.NONE, token.position());
      default -> new Name(token.text(), token.position());
    };
  }

  /// Literals beside each other are one.
  private Expression string() {
    Position position = tokens.position();
    StringBuilder text = new StringBuilder(tokens.next().text());
    while (tokens.at(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new Constant(Str.of(text.toString()), position);
  }

  static Constant integer(Token token) {
    String digits = token.text();
    if (digits.length() > MAXIMUM_DIGITS) {
      throw token.position().error("integer has more than " + MAXIMUM_DIGITS + " digits");
    }
    int radix =
        switch (digits.length() > 1 ? digits.charAt(1) : ' ') {
          case 'x' -> 16;
          case 'o' -> 8;
          case 'b' -> 2;
          default -> 10;
        };
    BigInteger value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
    return new Constant(Int.of(value), token.position());
  }

  private Expression parentheses() {
    Position position = tokens.next().position();
    if (tokens.skipOperator(")")) {
      return new TupleLiteral(List.of(), position);
    }
    Expression inner = expressions.expressions();
    tokens.expectOperator(")");
    return inner;
  }

  private Expression list() {
    Position position = tokens.next().position();
    List<Expression> elements = new ArrayList<>();
    while (!tokens.atOperator("]")) {
      elements.add(expressions.expression());
      if (!tokens.atOperator("]")) {
        tokens.expectOperator(",");
      }
    }
    tokens.next();
    return new ListLiteral(elements, position);
  }

  private Expression dict() {
    Position position = tokens.next().position();
    List<Entry> entries = new ArrayList<>();
    while (!tokens.atOperator("}")) {
      Expression key = expressions.expression();
      tokens.expectOperator(":");
      entries.add(new Entry(key, expressions.expression()));
      if (!tokens.atOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    tokens.next();
    return new DictLiteral(entries, position);
  }
}
