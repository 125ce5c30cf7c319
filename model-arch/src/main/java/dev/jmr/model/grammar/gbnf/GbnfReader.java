package dev.jmr.model.grammar.gbnf;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Sequence;
import dev.jmr.model.grammar.Expression.Text;
import dev.jmr.model.grammar.Expression.Token;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.grammar.TokenSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads GBNF text into rules by recursive descent.
final class GbnfReader {
  private final GbnfText text;
  private final GrammarLimits limits;
  private final RuleSet rules = new RuleSet();
  private final Map<String, Integer> references = new LinkedHashMap<>();
  private int nesting;

  GbnfReader(String text, GrammarLimits limits) {
    this.text = new GbnfText(text);
    this.limits = limits;
  }

  RuleSet rules() {
    text.skipSpace(true);
    while (!text.atEnd()) {
      rule();
    }
    references.forEach((name, at) -> {
      if (!rules.contains(name)) {
        throw text.error(at, "rule '%s' is not defined".formatted(name));
      }
    });
    return rules;
  }

  private void rule() {
    int start = text.at();
    String name = text.name();
    text.skipSpace(false);
    text.require("::=");
    text.skipSpace(true);
    Expression body = alternatives(false);
    if (!text.atEnd() && !text.take('\r') && !text.peek("\n")) {
      throw text.error(text.at(), "expected the end of the line, got " + text.found());
    }
    rules.add(name, text.location(start), body);
    text.skipSpace(true);
  }

  private Expression alternatives(boolean nested) {
    List<Expression> options = new ArrayList<>();
    options.add(sequence(nested));
    while (text.take('|')) {
      text.skipSpace(true);
      options.add(sequence(nested));
    }
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private Expression sequence(boolean nested) {
    List<Expression> parts = new ArrayList<>();
    while (true) {
      int start = text.at();
      if (text.peekRepetition()) {
        if (parts.isEmpty()) {
          throw text.error(
              start,
              "repetition: expected something in front of it, got %s".formatted(text.found()));
        }
        parts.add(repetition(parts.removeLast(), nested));
      } else if (text.take('"')) {
        parts.add(literal());
      } else if (text.take('[')) {
        parts.add(characterClass());
      } else if (text.take('(')) {
        parts.add(group(start));
      } else if (text.take('.')) {
        parts.add(new Characters(CodePoints.ANY));
      } else if (text.peek("<") || text.peek("!")) {
        parts.add(token());
      } else if (text.peekName()) {
        String name = text.name();
        references.putIfAbsent(name, start);
        parts.add(new Reference(name));
      } else {
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
      }
      text.skipSpace(nested);
    }
  }

  private Expression group(int start) {
    if (++nesting > limits.nesting()) {
      throw text.error(start, "expected at most %d nested groups".formatted(limits.nesting()));
    }
    text.skipSpace(true);
    Expression body = alternatives(true);
    text.require(")");
    nesting--;
    return body;
  }

  private Expression literal() {
    StringBuilder literal = new StringBuilder();
    while (!text.take('"')) {
      literal.appendCodePoint(text.character());
    }
    return new Text(literal.toString());
  }

  private Expression characterClass() {
    boolean negated = text.take('^');
    List<CodePoints> items = new ArrayList<>();
    while (!text.take(']')) {
      int start = text.at();
      int first = text.character();
      int last = first;
      if (text.peek("-") && !text.peek("-]")) {
        text.take('-');
        last = text.character();
      }
      if (last < first) {
        throw text.error(
            start,
            "range: expected the first character not behind the last, got U+%04X-U+%04X"
                .formatted(first, last));
      }
      items.add(CodePoints.range(first, last));
    }
    CodePoints set = CodePoints.union(items);
    return new Characters(negated ? set.complement() : set);
  }

  private Expression token() {
    TokenSymbol.Kind kind = text.take('!') ? TokenSymbol.Kind.OTHER : TokenSymbol.Kind.NAMED;
    text.require("<");
    TokenSymbol symbol;
    if (text.take('[')) {
      symbol = new TokenSymbol(kind, List.of(), List.of(text.number()), false);
      text.require("]>");
    } else {
      symbol = new TokenSymbol(kind, List.of("<" + text.until('>') + ">"), List.of(), false);
    }
    return new Token(symbol);
  }

  private Expression repetition(Expression part, boolean nested) {
    int start = text.at();
    if (text.take('*')) {
      return new Repeat(part, 0, Expression.UNBOUNDED);
    }
    if (text.take('+')) {
      return new Repeat(part, 1, Expression.UNBOUNDED);
    }
    if (text.take('?')) {
      return new Repeat(part, 0, 1);
    }
    text.require("{");
    text.skipSpace(nested);
    int min = text.number();
    int max = min;
    text.skipSpace(nested);
    if (text.take(',')) {
      text.skipSpace(nested);
      max = text.peek("}") ? Expression.UNBOUNDED : text.number();
      text.skipSpace(nested);
    }
    text.require("}");
    int largest = max == Expression.UNBOUNDED ? min : max;
    if (max < min || largest > limits.repetitions()) {
      throw text.error(
          start,
          "repetition: expected ascending bounds up to %d, got {%d,%d}"
              .formatted(limits.repetitions(), min, max));
    }
    return new Repeat(part, min, max);
  }
}
