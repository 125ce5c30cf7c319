package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.regex.Regex;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Strings with `pattern`, `format`, `minLength` and `maxLength`, and names of properties.
///
/// With a pattern or a format, each character is written in its canonical form ([JsonText#escaped]).
final class StringText {
  private StringText() {}

  static Expression of(JsonObject schema, String at, JsonText json, GrammarLimits limits) {
    int min = Keywords.count(schema, "minLength", 0, at);
    int max = Keywords.count(schema, "maxLength", Expression.UNBOUNDED, at);
    if (max < min) {
      throw new GrammarException(at, "minLength %d exceeds maxLength %d".formatted(min, max));
    }
    checkBound(min, at + "/minLength", limits);
    checkBound(max == Expression.UNBOUNDED ? 0 : max, at + "/maxLength", limits);
    List<Expression> parts = new ArrayList<>();
    for (String pattern : Keywords.texts(schema, "pattern", at)) {
      parts.add(pattern(pattern, at + "/pattern", limits));
    }
    for (String format : Keywords.texts(schema, "format", at)) {
      if (!Formats.isAnnotation(format)) {
        parts.add(format(format, at + "/format", limits));
      }
    }
    boolean anyLength = min == 0 && max == Expression.UNBOUNDED;
    if (parts.isEmpty()) {
      return anyLength ? json.string() : json.string(min, max);
    }
    if (!anyLength) {
      parts.add(new Repeat(new Characters(CodePoints.ANY), min, max));
    }
    CharacterAutomaton all = CharacterAutomaton.of(parts.getFirst(), at);
    for (Expression part : parts.subList(1, parts.size())) {
      all = all.and(CharacterAutomaton.of(part, at));
    }
    return sequence(text("\""), all.graph(JsonText::escaped), text("\""));
  }

  private static void checkBound(int bound, String at, GrammarLimits limits) {
    if (bound > limits.repetitions()) {
      throw new GrammarException(
          at, "expected at most %d, got %d".formatted(limits.repetitions(), bound));
    }
  }

  private static Expression pattern(String pattern, String at, GrammarLimits limits) {
    try {
      return Regex.search(pattern, limits);
    } catch (GrammarException e) {
      throw Keywords.moved(at, e);
    }
  }

  private static Expression format(String format, String at, GrammarLimits limits) {
    String pattern =
        Formats.pattern(format)
            .orElseThrow(() ->
                new GrammarException(
                    at,
                    "format '%s' is not supported; supported: %s"
                        .formatted(format, Formats.names())));
    return Regex.whole(pattern, limits);
  }

  /// A name that matches a pattern.
  static Expression name(String pattern, String at, GrammarLimits limits) {
    Graph name = CharacterAutomaton.of(pattern(pattern, at, limits), at).graph(JsonText::escaped);
    return sequence(text("\""), name, text("\""));
  }

  /// A name that is none of these, of characters that need no escape: so that a name has one form only.
  static Expression nameExcept(Set<String> names) {
    Map<String, Integer> nodes = new HashMap<>(Map.of("", 0));
    List<Step> steps = new ArrayList<>();
    Map<Integer, List<CodePoints>> taken = new HashMap<>();
    int other = 1;
    int count = 2;
    for (String name : names) {
      int node = 0;
      for (int i = 0; i < name.length(); ) {
        int c = name.codePointAt(i);
        i += Character.charCount(c);
        String prefix = name.substring(0, i);
        Integer next = nodes.get(prefix);
        if (next == null) {
          next = count++;
          nodes.put(prefix, next);
          CodePoints step = CodePoints.of(c).intersect(JsonText.PLAIN);
          taken.computeIfAbsent(node, _ -> new ArrayList<>()).add(step);
          steps.add(new Step(node, new Characters(step), next));
        }
        node = next;
      }
    }
    Set<Integer> ends = new HashSet<>(nodes.values());
    names.forEach(name -> ends.remove(nodes.get(name)));
    ends.add(other);
    for (int node : nodes.values()) {
      CodePoints rest = JsonText.PLAIN.minus(CodePoints.union(taken.getOrDefault(node, List.of())));
      steps.add(new Step(node, new Characters(rest), other));
    }
    steps.add(new Step(other, new Characters(JsonText.PLAIN), other));
    return sequence(text("\""), new Graph(count, steps, 0, ends), text("\""));
  }
}
