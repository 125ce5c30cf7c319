package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Expression.Attribute;
import dev.jmr.model.template.syntax.Expression.Call;
import dev.jmr.model.template.syntax.Expression.CallArguments;
import dev.jmr.model.template.syntax.Expression.Constant;
import dev.jmr.model.template.syntax.Expression.Filter;
import dev.jmr.model.template.syntax.Expression.Item;
import dev.jmr.model.template.syntax.Expression.Named;
import dev.jmr.model.template.syntax.Expression.Postfix;
import dev.jmr.model.template.syntax.Expression.Slice;
import dev.jmr.model.template.syntax.Expression.Step;
import dev.jmr.model.template.syntax.Expression.Test;
import dev.jmr.model.template.syntax.Expression.TupleLiteral;
import dev.jmr.model.template.syntax.Token.Kind;
import dev.jmr.model.template.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands behind a value: attributes, items, slices, calls, filters, tests.
final class PostfixParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final PrimaryParser primary;

  PostfixParser(TokenStream tokens, ExpressionParser expressions, PrimaryParser primary) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.primary = primary;
  }

  /// The value with all its postfixes; without filters and tests if they belong to something else.
  Expression postfixes(Expression subject, boolean filters) {
    List<Step> steps = new ArrayList<>(2);
    boolean filtered = false;
    while (true) {
      Token token = tokens.current();
      if (!filtered && tokens.skipOperator(".")) {
        steps.add(member(token.position()));
      } else if (!filtered && tokens.skipOperator("[")) {
        steps.add(subscript(token.position()));
      } else if (tokens.atOperator("(")) {
        steps.add(new Call(arguments(), token.position()));
      } else if (filters && tokens.skipOperator("|")) {
        steps.add(filter());
        filtered = true;
      } else if (filters && tokens.skipName("is")) {
        steps.add(test());
        filtered = true;
      } else {
        return steps.isEmpty() ? subject : new Postfix(subject, steps, subject.position());
      }
    }
  }

  private Step member(Position position) {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NAME -> new Attribute(token.text(), token.position());
      case INTEGER -> new Item(PrimaryParser.integer(token), position);
      default ->
          throw token
              .position()
              .error("expected a name or number behind '.', got " + token.described());
    };
  }

  private Step subscript(Position position) {
    List<Step> parts = new ArrayList<>(1);
    boolean tuple = false;
    do {
      if (tokens.atOperator("]") && !parts.isEmpty()) {
        break;
      }
      parts.add(part(position));
      tuple |= tokens.atOperator(",");
    } while (tokens.skipOperator(","));
    tokens.expectOperator("]");
    if (!tuple) {
      return parts.getFirst();
    }
    List<Expression> keys = new ArrayList<>(parts.size());
    for (Step part : parts) {
      if (!(part instanceof Item item)) {
        throw position.error("a slice cannot stand beside other subscripts");
      }
      keys.add(item.key());
    }
    return new Item(new TupleLiteral(keys, position), position);
  }

  private Step part(Position position) {
    Optional<Expression> start = sliceEdge();
    if (!tokens.skipOperator(":")) {
      return new Item(start.orElseThrow(() -> unexpectedPart()), position);
    }
    Optional<Expression> stop = sliceEdge();
    Optional<Expression> step = tokens.skipOperator(":") ? sliceEdge() : Optional.empty();
    return new Slice(start, stop, step, position);
  }

  private RuntimeException unexpectedPart() {
    return tokens.unexpected("an expression");
  }

  private Optional<Expression> sliceEdge() {
    boolean empty = tokens.atOperator(":") || tokens.atOperator("]") || tokens.atOperator(",");
    return empty ? Optional.empty() : Optional.of(expressions.expression());
  }

  /// A chain of filters without a subject, as the tags `filter` and `set` have.
  List<Filter> filters(boolean first) {
    List<Filter> filters = new ArrayList<>();
    if (first) {
      filters.add(filter());
    }
    while (tokens.skipOperator("|")) {
      filters.add(filter());
    }
    return filters;
  }

  private Filter filter() {
    Position position = tokens.position();
    String name = dottedName("the name of a filter");
    return new Filter(name, optionalArguments(), position);
  }

  private String dottedName(String what) {
    StringBuilder name = new StringBuilder(tokens.expectName(what));
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expectName("a name"));
    }
    return name.toString();
  }

  private CallArguments optionalArguments() {
    return tokens.atOperator("(") ? arguments() : CallArguments.NONE;
  }

  private Step test() {
    Position position = tokens.position();
    boolean negated = tokens.skipName("not");
    String name = dottedName("the name of a test");
    CallArguments arguments = CallArguments.NONE;
    if (tokens.atOperator("(")) {
      arguments = arguments();
    } else if (startsArgument()) {
      if (tokens.atName("is")) {
        throw tokens.position().error("tests cannot be chained with 'is'; combine them with 'and'");
      }
      tokens.enter();
      Expression argument = postfixes(primary.primary(), false);
      tokens.leave();
      arguments =
          new CallArguments(List.of(argument), List.of(), Optional.empty(), Optional.empty());
    }
    return new Test(name, negated, arguments, position);
  }

  private boolean startsArgument() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      case NAME ->
          switch (token.text()) {
            case "else", "or", "and" -> false;
            default -> true;
          };
      default -> false;
    };
  }

  /// The arguments of a call, with their parentheses.
  CallArguments arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>(2);
    List<Named> named = new ArrayList<>(0);
    Expression more = NOTHING;
    Expression moreNamed = NOTHING;
    while (!tokens.atOperator(")")) {
      Position position = tokens.position();
      boolean keyword = tokens.at(Kind.NAME) && tokens.ahead().is(Kind.OPERATOR, "=");
      if (tokens.skipOperator("*")) {
        require(more.equals(NOTHING) && moreNamed.equals(NOTHING), position);
        more = expressions.expression();
      } else if (tokens.skipOperator("**")) {
        require(moreNamed.equals(NOTHING), position);
        moreNamed = expressions.expression();
      } else if (keyword) {
        require(moreNamed.equals(NOTHING), position);
        String name = tokens.next().text();
        tokens.next();
        named.add(new Named(name, expressions.expression()));
      } else {
        boolean first = named.isEmpty() && more.equals(NOTHING) && moreNamed.equals(NOTHING);
        require(first, position);
        positional.add(expressions.expression());
      }
      if (!tokens.atOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    tokens.next();
    return new CallArguments(positional, named, given(more), given(moreNamed));
  }

  private static final Expression NOTHING = new Constant(None.NONE, new Position(0, 0));

  private static Optional<Expression> given(Expression expression) {
    return expression.equals(NOTHING) ? Optional.empty() : Optional.of(expression);
  }

  private static void require(boolean ordered, Position position) {
    if (!ordered) {
      throw position.error(
          "arguments: expected positional ones before named ones, then *args, then **kwargs");
    }
  }
}
