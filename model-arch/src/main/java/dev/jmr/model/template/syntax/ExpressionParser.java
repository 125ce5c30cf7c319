package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Expression.And;
import dev.jmr.model.template.syntax.Expression.Arithmetic;
import dev.jmr.model.template.syntax.Expression.Compare;
import dev.jmr.model.template.syntax.Expression.Concatenation;
import dev.jmr.model.template.syntax.Expression.Conditional;
import dev.jmr.model.template.syntax.Expression.Not;
import dev.jmr.model.template.syntax.Expression.Operation;
import dev.jmr.model.template.syntax.Expression.Or;
import dev.jmr.model.template.syntax.Expression.Sign;
import dev.jmr.model.template.syntax.Expression.TupleLiteral;
import dev.jmr.model.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Operators, from the weakest to the strongest: `if`, `or`, `and`, `not`, comparisons, `+ -`, `~`, `* / // %`, `**`,
/// signs. What binds stronger is in [PostfixParser] and [PrimaryParser].
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
  private static final Set<String> POWERS = Set.of("**");

  private final TokenStream tokens;
  private final PrimaryParser primary;
  private final PostfixParser postfix;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.primary = new PrimaryParser(tokens, this);
    this.postfix = new PostfixParser(tokens, this, primary);
  }

  PostfixParser postfix() {
    return postfix;
  }

  /// One expression.
  Expression expression() {
    tokens.enter();
    Position position = tokens.position();
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Conditional(condition, value, otherwise, position);
      if (otherwise.isPresent()) {
        break;
      }
    }
    tokens.leave();
    return value;
  }

  /// One expression, or several with commas between them, which make a tuple.
  Expression expressions() {
    return expressions(this::expression, Set.of());
  }

  /// The same without `if`, which belongs to the statement; ends before one of the words.
  Expression expressionsWithoutIf(Set<String> ends) {
    return expressions(this::or, ends);
  }

  private Expression expressions(Supplier<Expression> element, Set<String> ends) {
    Position position = tokens.position();
    List<Expression> elements = new ArrayList<>();
    boolean tuple = false;
    while (!ends(ends)) {
      elements.add(element.get());
      if (!tokens.skipOperator(",")) {
        break;
      }
      tuple = true;
    }
    if (elements.isEmpty()) {
      throw tokens.unexpected("an expression");
    }
    return tuple ? new TupleLiteral(elements, position) : elements.getFirst();
  }

  private boolean ends(Set<String> words) {
    Token token = tokens.current();
    return switch (token.kind()) {
      case VARIABLE_END, BLOCK_END -> true;
      case OPERATOR -> token.text().equals(")") || token.text().equals("=");
      case NAME -> words.contains(token.text());
      default -> false;
    };
  }

  private Expression or() {
    Position position = tokens.position();
    List<Expression> operands = chain(this::and, "or");
    return operands.size() == 1 ? operands.getFirst() : new Or(operands, position);
  }

  private Expression and() {
    Position position = tokens.position();
    List<Expression> operands = chain(this::not, "and");
    return operands.size() == 1 ? operands.getFirst() : new And(operands, position);
  }

  private List<Expression> chain(Supplier<Expression> operand, String word) {
    List<Expression> operands = new ArrayList<>(2);
    do {
      operands.add(operand.get());
    } while (tokens.skipName(word));
    return operands;
  }

  private Expression not() {
    if (!tokens.atName("not")) {
      return comparison();
    }
    tokens.enter();
    Position position = tokens.next().position();
    Expression operand = not();
    tokens.leave();
    return new Not(operand, position);
  }

  private Expression comparison() {
    Expression first = sum();
    List<Operation> rest = new ArrayList<>(1);
    while (true) {
      Token token = tokens.current();
      if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        tokens.next();
        rest.add(new Operation(token.text(), sum(), token.position()));
      } else if (tokens.skipName("in")) {
        rest.add(new Operation("in", sum(), token.position()));
      } else if (tokens.atName("not") && tokens.ahead().is(Kind.NAME, "in")) {
        tokens.next();
        tokens.next();
        rest.add(new Operation("not in", sum(), token.position()));
      } else {
        return rest.isEmpty() ? first : new Compare(first, rest, first.position());
      }
    }
  }

  private Expression sum() {
    return operations(this::concatenation, SUMS);
  }

  private Expression concatenation() {
    List<Expression> operands = new ArrayList<>(2);
    do {
      operands.add(operations(this::power, PRODUCTS));
    } while (tokens.skipOperator("~"));
    Expression first = operands.getFirst();
    return operands.size() == 1 ? first : new Concatenation(operands, first.position());
  }

  private Expression power() {
    return operations(() -> signed(true), POWERS);
  }

  private Expression operations(Supplier<Expression> operand, Set<String> operators) {
    Expression first = operand.get();
    List<Operation> rest = new ArrayList<>(0);
    while (tokens.at(Kind.OPERATOR) && operators.contains(tokens.current().text())) {
      Token operator = tokens.next();
      rest.add(new Operation(operator.text(), operand.get(), operator.position()));
    }
    return rest.isEmpty() ? first : new Arithmetic(first, rest, first.position());
  }

  /// A value with signs before and postfixes behind it; filters and tests belong to the signed value.
  private Expression signed(boolean filters) {
    Position position = tokens.position();
    Expression value;
    if (tokens.atOperator("-") || tokens.atOperator("+")) {
      boolean negative = tokens.next().text().equals("-");
      tokens.enter();
      value = new Sign(negative, signed(false), position);
      tokens.leave();
    } else {
      value = primary.primary();
    }
    return postfix.postfixes(value, filters);
  }
}
