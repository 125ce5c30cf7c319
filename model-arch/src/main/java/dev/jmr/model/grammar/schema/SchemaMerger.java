package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Makes one schema of several that must hold together: those of `allOf`, and what stands beside `$ref`.
final class SchemaMerger {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_PRODUCT = 256;
  private static final int MAX_WORK = 100_000;

  private final SchemaReferences references;
  private int depth;
  private int work;

  SchemaMerger(SchemaReferences references) {
    this.references = references;
  }

  /// The same schema without `$ref` and `allOf` at its top; `false` if nothing can satisfy it.
  JsonValue flatten(JsonValue schema, String at) {
    if (!(schema instanceof JsonObject given)) {
      return schema;
    }
    Keywords.check(given, at);
    JsonObject object = Keywords.assertions(given);
    Optional<JsonValue> ref = object.member("$ref");
    if (ref.isEmpty() && !object.members().containsKey("allOf")) {
      return object;
    }
    if (++depth > MAX_DEPTH || ++work > MAX_WORK) {
      throw new GrammarException(at, "references and 'allOf' lead around in circles, or too far");
    }
    JsonValue result = object.without("$ref", "allOf");
    if (ref.isPresent()) {
      if (!(ref.get() instanceof JsonString text)) {
        throw Keywords.expected(at + "/$ref", "a string", ref.get());
      }
      String pointer = references.pointer(text.value(), at);
      result = merge(result, references.find(pointer, at + "/$ref"), pointer);
    }
    List<JsonValue> all = Keywords.array(object, "allOf", at);
    for (int i = 0; i < all.size(); i++) {
      result = merge(result, all.get(i), at + "/allOf/" + i);
    }
    depth--;
    return result;
  }

  /// What satisfies both; `false` if it is plain that nothing can.
  JsonValue merge(JsonValue first, JsonValue second, String at) {
    JsonValue a = flatten(first, at);
    JsonValue b = flatten(second, at);
    if (++work > MAX_WORK) {
      throw new GrammarException(at, "schemas that hold together: expected fewer");
    }
    if (a instanceof JsonBoolean flag) {
      return flag.value() ? b : a;
    }
    if (b instanceof JsonBoolean flag) {
      return flag.value() ? a : b;
    }
    if (!(a instanceof JsonObject left) || !(b instanceof JsonObject right)) {
      throw Keywords.expected(at, "schemas", b);
    }
    SequencedMap<String, JsonValue> merged = new LinkedHashMap<>(left.members());
    for (var member : right.members().entrySet()) {
      String keyword = member.getKey();
      JsonValue mine = merged.get(keyword);
      JsonValue both =
          mine == null || mine.equals(member.getValue())
              ? member.getValue()
              : both(keyword, mine, member.getValue(), at);
      if (both == JsonBoolean.FALSE && keyword.equals("type")) {
        return both;
      }
      merged.put(keyword, both);
    }
    requireMergeableItems(left, right, at);
    properties(left, right, merged, at);
    values(left, right, merged, at);
    return new JsonObject(merged);
  }

  private JsonValue both(String keyword, JsonValue a, JsonValue b, String at) {
    return switch (keyword) {
      case "type" -> types(a, b, at);
      case "required" -> union(a, b);
      case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
          larger(a, b, at + "/" + keyword, true);
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
          larger(a, b, at + "/" + keyword, false);
      case "pattern", "format" -> union(list(a), list(b));
      case "uniqueItems" -> JsonBoolean.TRUE.equals(a) ? b : a;
      case "items", "propertyNames" -> allOf(a, b);
      case "anyOf" -> product(a, b, at);
      case "properties", "additionalProperties", "enum", "const" -> a;
      default ->
          throw new GrammarException(
              at + "/" + keyword, "'%s' of several schemas cannot be merged".formatted(keyword));
    };
  }

  private static JsonValue types(JsonValue a, JsonValue b, String at) {
    Set<SchemaType> mine = SchemaType.declared(JsonObject.EMPTY.with("type", a), at).orElseThrow();
    Set<SchemaType> theirs =
        SchemaType.declared(JsonObject.EMPTY.with("type", b), at).orElseThrow();
    Set<SchemaType> common = SchemaType.common(mine, theirs);
    List<JsonValue> names = new ArrayList<>();
    common.forEach(type -> names.add(new JsonString(type.toString())));
    return names.isEmpty() ? JsonBoolean.FALSE : new JsonArray(names);
  }

  private static JsonArray list(JsonValue value) {
    return value instanceof JsonArray array ? array : new JsonArray(List.of(value));
  }

  private static JsonArray union(JsonValue a, JsonValue b) {
    Set<JsonValue> all = new LinkedHashSet<>(list(a).elements());
    all.addAll(list(b).elements());
    return new JsonArray(List.copyOf(all));
  }

  private static JsonValue larger(JsonValue a, JsonValue b, String at, boolean wanted) {
    BigDecimal mine = decimal(a, at);
    BigDecimal theirs = decimal(b, at);
    return mine.compareTo(theirs) > 0 == wanted ? a : b;
  }

  private static BigDecimal decimal(JsonValue value, String at) {
    return value instanceof JsonNumber number && number.decimal().isPresent()
        ? number.decimal().get()
        : BigDecimal.ZERO.add(
            Keywords.number(JsonObject.EMPTY.with("", value), "", at).orElseThrow());
  }

  private static JsonValue allOf(JsonValue... parts) {
    return JsonObject.EMPTY.with("allOf", new JsonArray(List.of(parts)));
  }

  private static JsonValue product(JsonValue a, JsonValue b, String at) {
    List<JsonValue> pairs = new ArrayList<>();
    for (JsonValue mine : list(a).elements()) {
      for (JsonValue theirs : list(b).elements()) {
        pairs.add(allOf(mine, theirs));
      }
    }
    if (pairs.size() > MAX_PRODUCT) {
      throw new GrammarException(
          at + "/anyOf",
          "expected at most %d combinations of alternatives, got %d"
              .formatted(MAX_PRODUCT, pairs.size()));
    }
    return new JsonArray(pairs);
  }

  /// What one says of each place, the other must not say of all.
  private static void requireMergeableItems(JsonObject a, JsonObject b, String at) {
    if ((hasPlaces(a) && speaksOfItems(b)) || (hasPlaces(b) && speaksOfItems(a))) {
      throw new GrammarException(
          at, "'prefixItems' cannot be merged with the items of another schema");
    }
  }

  private static boolean hasPlaces(JsonObject schema) {
    return schema.members().containsKey("prefixItems")
        || schema.members().get("items") instanceof JsonArray;
  }

  private static boolean speaksOfItems(JsonObject schema) {
    return schema.members().containsKey("prefixItems")
        || schema.members().containsKey("items")
        || schema.members().containsKey("additionalItems");
  }

  /// Each property must satisfy what either schema says of it, be it by `additionalProperties`.
  private static void properties(
      JsonObject a, JsonObject b, SequencedMap<String, JsonValue> merged, String at) {
    JsonObject mine = Keywords.object(a, "properties", at);
    JsonObject theirs = Keywords.object(b, "properties", at);
    boolean patterns =
        a.members().containsKey("patternProperties")
            || b.members().containsKey("patternProperties");
    boolean objects = !mine.members().isEmpty() || !theirs.members().isEmpty();
    if (patterns && objects) {
      throw new GrammarException(
          at, "'patternProperties' cannot be merged with another schema's properties");
    }
    SequencedMap<String, JsonValue> all = new LinkedHashMap<>();
    for (String name : mine.members().keySet()) {
      all.put(name, allOf(says(mine, a, name), says(theirs, b, name)));
    }
    for (String name : theirs.members().keySet()) {
      all.putIfAbsent(name, allOf(says(mine, a, name), says(theirs, b, name)));
    }
    if (objects) {
      merged.put("properties", new JsonObject(simplified(all)));
    }
    Optional<JsonValue> rest = a.member("additionalProperties");
    Optional<JsonValue> others = b.member("additionalProperties");
    if (rest.isPresent() && others.isPresent()) {
      boolean closed = rest.get() == JsonBoolean.FALSE || others.get() == JsonBoolean.FALSE;
      merged.put(
          "additionalProperties", closed ? JsonBoolean.FALSE : allOf(rest.get(), others.get()));
    }
  }

  private static JsonValue says(JsonObject properties, JsonObject schema, String name) {
    return properties
        .member(name)
        .or(() -> schema.member("additionalProperties"))
        .orElse(JsonBoolean.TRUE);
  }

  /// Without what is `true` beside another, so that references stay references.
  private static SequencedMap<String, JsonValue> simplified(SequencedMap<String, JsonValue> all) {
    all.replaceAll((_, both) -> {
      List<JsonValue> parts =
          list(((JsonObject) both).members().getOrDefault("allOf", both)).elements();
      List<JsonValue> saying =
          parts.stream().filter(part -> part != JsonBoolean.TRUE).distinct().toList();
      if (saying.contains(JsonBoolean.FALSE)) {
        return JsonBoolean.FALSE;
      }
      return saying.isEmpty()
          ? JsonBoolean.TRUE
          : saying.size() == 1 ? saying.getFirst() : allOf(saying.toArray(JsonValue[]::new));
    });
    return all;
  }

  /// Of two lists of values, those that are in both.
  private static void values(
      JsonObject a, JsonObject b, SequencedMap<String, JsonValue> merged, String at) {
    boolean mine = a.members().containsKey("enum") || a.members().containsKey("const");
    boolean theirs = b.members().containsKey("enum") || b.members().containsKey("const");
    if (mine && theirs) {
      List<JsonValue> common = new ArrayList<>(values(a, at));
      List<JsonValue> others = values(b, at);
      common.removeIf(value -> others.stream().noneMatch(value::equals));
      merged.remove("const");
      merged.put("enum", new JsonArray(common));
    }
  }

  /// The values that `enum` and `const` leave.
  static List<JsonValue> values(JsonObject schema, String at) {
    Optional<JsonValue> single = schema.member("const");
    if (single.isEmpty()) {
      return Keywords.array(schema, "enum", at);
    }
    boolean both = schema.members().containsKey("enum");
    return both && !Keywords.array(schema, "enum", at).contains(single.get())
        ? List.of()
        : List.of(single.get());
  }
}
