package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Arrays: `prefixItems` (also in the old form, `items` as a list), then `items`.
///
/// Behind `prefixItems` without `items` comes nothing more, unless `minItems` asks for it.
final class ArrayText {
  private final SchemaCompiler compiler;
  private final JsonObject schema;
  private final String at;
  private final int depth;
  private final List<Expression> prefix = new ArrayList<>();

  ArrayText(SchemaCompiler compiler, JsonObject schema, String at, int depth) {
    this.compiler = compiler;
    this.schema = schema;
    this.at = at;
    this.depth = depth;
  }

  static boolean saysNothing(JsonObject schema) {
    return schema.members().keySet().stream()
        .noneMatch(
            Set.of("items", "prefixItems", "additionalItems", "minItems", "maxItems")::contains);
  }

  Expression expression() {
    int min = Keywords.count(schema, "minItems", 0, at);
    int max = Keywords.count(schema, "maxItems", Expression.UNBOUNDED, at);
    Optional<Expression> item = read(min, max);
    if (item.isEmpty()) {
      max = Math.min(max, prefix.size());
    }
    if (max < min) {
      throw new GrammarException(
          at, "expected minItems %d to fit, got at most %d".formatted(min, max));
    }
    List<Step> steps = new ArrayList<>();
    Set<Integer> ends = new HashSet<>();
    int fixed = Math.min(prefix.size(), max);
    for (int i = 0; i < fixed; i++) {
      Expression element = prefix.get(i);
      steps.add(new Step(i, i == 0 ? element : sequence(JsonText.COMMA, element), i + 1));
    }
    int close = fixed + 1;
    for (int i = Math.max(min, 0); i < fixed; i++) {
      ends.add(i);
    }
    for (int end : ends) {
      steps.add(new Step(end, end == 0 ? Expression.EMPTY : JsonText.SPACE, close));
    }
    steps.add(new Step(fixed, rest(item, fixed, min, max), close));
    return sequence(
        text("["), JsonText.SPACE, new Graph(close + 1, steps, 0, Set.of(close)), text("]"));
  }

  /// What comes behind the fixed elements, with a space or none at its end.
  private Expression rest(Optional<Expression> item, int fixed, int min, int max) {
    int least = Math.max(0, min - fixed);
    int most = max == Expression.UNBOUNDED ? max : max - fixed;
    Expression space = fixed == 0 ? Expression.EMPTY : JsonText.SPACE;
    if (item.isEmpty() || most == 0) {
      return space;
    }
    Expression next = sequence(JsonText.COMMA, item.get());
    if (fixed > 0) {
      return sequence(new Repeat(next, least, most), JsonText.SPACE);
    }
    int more = most == Expression.UNBOUNDED ? most : most - 1;
    Expression some =
        sequence(item.get(), new Repeat(next, Math.max(0, least - 1), more), JsonText.SPACE);
    return least == 0 ? Expression.optional(some) : some;
  }

  /// Fills [#prefix], and returns what the elements behind it are, if there may be any.
  private Optional<Expression> read(int min, int max) {
    Optional<JsonValue> items = schema.member("items");
    String prefixKeyword = "prefixItems";
    String itemsKeyword = "items";
    if (items.isPresent() && items.get() instanceof JsonArray) {
      prefixKeyword = "items";
      itemsKeyword = "additionalItems";
      items = schema.member("additionalItems");
    }
    List<JsonValue> elements = Keywords.array(schema, prefixKeyword, at);
    for (int i = 0; i < Math.min(elements.size(), max); i++) {
      String place = at + "/" + prefixKeyword + "/" + i;
      if (elements.get(i) == JsonBoolean.FALSE && i >= min) {
        return Optional.empty();
      }
      prefix.add(compiler.rule(place, compiler.compile(elements.get(i), place, depth + 1)));
    }
    boolean closed = items.isEmpty() && !elements.isEmpty() && min <= elements.size();
    if (closed || items.equals(Optional.of(JsonBoolean.FALSE)) || max <= prefix.size()) {
      return Optional.empty();
    }
    String place = at + "/" + itemsKeyword;
    Expression item = compiler.compile(items.orElse(JsonBoolean.TRUE), place, depth + 1);
    return Optional.of(compiler.rule(place, item));
  }
}
