package dev.jmr.model.template.syntax;

import dev.jmr.model.template.error.TemplateLimitException;
import dev.jmr.model.template.syntax.Token.Kind;
import java.util.List;

/// The tokens still to be parsed, and how deep the parser is in them.
final class TokenStream {
  private final List<Token> tokens;
  private final int maximumDepth;
  private int at;
  private int depth;
  private int deepest;

  TokenStream(List<Token> tokens, int maximumDepth) {
    this.tokens = tokens;
    this.maximumDepth = maximumDepth;
  }

  Token current() {
    return tokens.get(at);
  }

  Token ahead() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Position position() {
    return current().position();
  }

  Token next() {
    Token token = current();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean at(Kind kind) {
    return current().kind() == kind;
  }

  boolean atOperator(String operator) {
    return current().is(Kind.OPERATOR, operator);
  }

  boolean atName(String name) {
    return current().is(Kind.NAME, name);
  }

  boolean skipOperator(String operator) {
    boolean there = atOperator(operator);
    if (there) {
      next();
    }
    return there;
  }

  boolean skipName(String name) {
    boolean there = atName(name);
    if (there) {
      next();
    }
    return there;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  Token expect(Kind kind, String what) {
    if (!at(kind)) {
      throw unexpected(what);
    }
    return next();
  }

  String expectName(String what) {
    return expect(Kind.NAME, what).text();
  }

  RuntimeException unexpected(String expected) {
    return position().error("expected " + expected + ", got " + current().described());
  }

  /// One level further in; ends with [#leave()].
  void enter() {
    depth++;
    deepest = Math.max(deepest, depth);
    if (depth > maximumDepth) {
      throw new TemplateLimitException(
          "template limit: nesting depth exceeds " + maximumDepth,
          position().line(),
          position().column());
    }
  }

  void leave() {
    depth--;
  }

  /// Begins to measure how deep a part is; the result goes to [#height(int)].
  int measure() {
    int outer = deepest;
    deepest = depth;
    return outer;
  }

  /// The levels that the part since [#measure()] has.
  int height(int outer) {
    int height = deepest - depth + 1;
    deepest = Math.max(deepest, outer);
    return height;
  }
}
