package dev.jmr.model.grammar.schema;

import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Objects: members in the order of the schema, then further ones.
///
/// A graph whose nodes are pairs of the next property and how many members there were, as far as that matters: for the
/// comma, and for `minProperties` and `maxProperties`.
final class ObjectText {
  private static final int MAX_NODES = 20_000;

  private final SchemaCompiler compiler;
  private final JsonObject schema;
  private final String at;
  private final int depth;
  private final Set<String> required;
  private final SequencedMap<String, JsonValue> properties = new LinkedHashMap<>();

  ObjectText(SchemaCompiler compiler, JsonObject schema, String at, int depth) {
    this.compiler = compiler;
    this.schema = schema;
    this.at = at;
    this.depth = depth;
    this.required = Keywords.required(schema, at);
  }

  static boolean saysNothing(JsonObject schema) {
    return schema.without("type").members().keySet().stream()
        .noneMatch(
            Set.of(
                    "properties",
                    "required",
                    "patternProperties",
                    "propertyNames",
                    "additionalProperties",
                    "unevaluatedProperties",
                    "minProperties",
                    "maxProperties")
                ::contains);
  }

  Expression expression() {
    collectProperties();
    Optional<Expression> further = further();
    List<String> names = List.copyOf(properties.keySet());
    int min = Keywords.count(schema, "minProperties", 0, at);
    int max = Keywords.count(schema, "maxProperties", Expression.UNBOUNDED, at);
    if (further.isPresent() && min > Math.max(1, required.size())) {
      throw new GrammarException(
          at + "/minProperties",
          "expected at most 1 or the number of required properties, as further names may repeat, got %d"
              .formatted(min));
    }
    boolean bounded = max != Expression.UNBOUNDED && (further.isPresent() || max < names.size());
    long places = 1L + (bounded ? max : Math.max(1, min));
    if (places * (names.size() + 1) > MAX_NODES) {
      throw new GrammarException(
          at, "expected fewer properties, or smaller minProperties and maxProperties");
    }
    int width = (int) places;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Expression member = member(names.get(i));
      for (int count = 0; count < width; count++) {
        addMember(steps, member, i * width, (i + 1) * width, count, width, !bounded);
        if (!required.contains(names.get(i))) {
          steps.add(new Step(i * width + count, Expression.EMPTY, (i + 1) * width + count));
        }
      }
    }
    int last = names.size() * width;
    Set<Integer> ends = new HashSet<>();
    for (int count = 0; count < width; count++) {
      if (further.isPresent()) {
        addMember(steps, further.get(), last, last, count, width, !bounded);
      }
      if (count >= min) {
        ends.add(last + count);
      }
    }
    return sequence(text("{"), JsonText.SPACE, body(width, last, steps, ends), text("}"));
  }

  /// The members with a space or none behind, or nothing.
  private static Expression body(int width, int last, List<Step> steps, Set<Integer> ends) {
    int close = last + width;
    for (int end : ends) {
      Expression space = end == last ? Expression.EMPTY : JsonText.SPACE;
      steps.add(new Step(end, space, close));
    }
    return new Graph(close + 1, steps, 0, Set.of(close));
  }

  private static void addMember(
      List<Step> steps,
      Expression member,
      int from,
      int to,
      int count,
      int width,
      boolean saturates) {
    if (count == width - 1 && !saturates) {
      return;
    }
    int next = Math.min(count + 1, width - 1);
    Expression label = count == 0 ? member : sequence(JsonText.COMMA, member);
    steps.add(new Step(from + count, label, to + next));
  }

  /// Those that may be there; those that are required but not described come last.
  private void collectProperties() {
    Keywords.object(schema, "properties", at).members().forEach(properties::put);
    JsonValue others = schema.member("additionalProperties").orElse(JsonBoolean.TRUE);
    for (String name : required) {
      if (!properties.containsKey(name) && schema.members().containsKey("patternProperties")) {
        throw new GrammarException(
            at + "/required", "'%s' is not among the properties".formatted(name));
      }
      properties.putIfAbsent(name, others);
      if (properties.get(name) == JsonBoolean.FALSE) {
        throw new GrammarException(
            at + "/required", "'%s' is required, but nothing satisfies it".formatted(name));
      }
    }
    properties.values().removeIf(value -> value == JsonBoolean.FALSE);
    if (!properties.isEmpty() && schema.members().containsKey("propertyNames")) {
      throw new GrammarException(
          at + "/propertyNames", "'propertyNames' is not supported beside 'properties'");
    }
  }

  private Expression member(String name) {
    String place = at + "/properties" + Keywords.pointer(name);
    JsonValue value = properties.getOrDefault(name, JsonBoolean.TRUE);
    return compiler.rule(
        place,
        sequence(
            compiler.strings().member(name, place),
            JsonText.COLON,
            compiler.compile(value, place, depth + 1)));
  }

  /// Members that are not among the properties, if they are asked for.
  private Optional<Expression> further() {
    Map<String, JsonValue> patterns = Keywords.object(schema, "patternProperties", at).members();
    boolean described = schema.members().containsKey("properties");
    Optional<JsonValue> additional =
        schema.member("additionalProperties").or(() -> schema.member("unevaluatedProperties"));
    if (!patterns.isEmpty()) {
      return Optional.of(patternMember(patterns, described, additional));
    }
    if ((additional.isEmpty() && described) || additional.equals(Optional.of(JsonBoolean.FALSE))) {
      return Optional.empty();
    }
    String place = at + "/additionalProperties";
    Expression value = compiler.compile(additional.orElse(JsonBoolean.TRUE), place, depth + 1);
    return Optional.of(compiler.rule(place, sequence(furtherName(), JsonText.COLON, value)));
  }

  private Expression furtherName() {
    Set<String> names = new HashSet<>(properties.keySet());
    names.addAll(Keywords.object(schema, "properties", at).members().keySet());
    Optional<JsonValue> rule = schema.member("propertyNames");
    if (rule.isPresent()) {
      JsonValue typed =
          rule.get() instanceof JsonObject object
              ? object.with("type", new JsonString("string"))
              : rule.get();
      return compiler.compile(typed, at + "/propertyNames", depth + 1);
    }
    StringNotation strings = compiler.strings();
    return names.isEmpty() ? strings.anyMember(compiler.rules()) : strings.memberExcept(names);
  }

  private Expression patternMember(
      Map<String, JsonValue> patterns, boolean described, Optional<JsonValue> additional) {
    String place = at + "/patternProperties";
    boolean open = additional.isPresent() && additional.get() != JsonBoolean.FALSE;
    if (patterns.size() > 1 || described || open || schema.members().containsKey("propertyNames")) {
      throw new GrammarException(
          place,
          "'patternProperties' is supported with one pattern, and without other properties, only");
    }
    var pattern = patterns.entrySet().iterator().next();
    String member = place + Keywords.pointer(pattern.getKey());
    return compiler.rule(
        member,
        sequence(
            compiler.strings().memberMatching(pattern.getKey(), member, compiler.limits()),
            JsonText.COLON,
            compiler.compile(pattern.getValue(), member, depth + 1)));
  }
}
