package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonArray;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Tells the alternatives of `oneOf` apart: whether the texts that we make for one never satisfy another.
final class Alternatives {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_ALTERNATIVES = 64;
  private static final int MAX_WORK = 200_000;

  private final SchemaMerger merger;
  private int work;

  Alternatives(SchemaMerger merger) {
    this.merger = merger;
  }

  /// Requires that no text for one alternative of `oneOf` satisfies another.
  ///
  /// @throws GrammarException if that is not plain
  void requireDisjoint(JsonObject schema, String at) {
    List<JsonValue> all = Keywords.array(schema, "oneOf", at);
    if (all.size() > MAX_ALTERNATIVES) {
      throw new GrammarException(
          at + "/oneOf", "expected at most %d alternatives; use anyOf".formatted(MAX_ALTERNATIVES));
    }
    JsonObject rest = schema.without("oneOf");
    for (int i = 0; i < all.size(); i++) {
      JsonValue made = merger.merge(rest, all.get(i), at + "/oneOf/" + i);
      for (int j = 0; j < all.size(); j++) {
        if (i != j && !never(made, all.get(j), at + "/oneOf/" + i, 0)) {
          throw new GrammarException(
              at + "/oneOf/" + i,
              "a text may satisfy alternative %d, too; use anyOf, or tell them apart by type or by a required property with different const values"
                  .formatted(j));
        }
      }
    }
  }

  /// Whether what is made for `made` never satisfies `other`.
  private boolean never(JsonValue made, JsonValue other, String at, int depth) {
    if (depth > MAX_DEPTH || ++work > MAX_WORK) {
      return false;
    }
    JsonValue a = merger.flatten(made, at);
    JsonValue b = merger.flatten(other, at);
    if (a == JsonBoolean.FALSE || b == JsonBoolean.FALSE) {
      return true;
    }
    if (!(a instanceof JsonObject left) || !(b instanceof JsonObject right)) {
      return false;
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (left.members().containsKey(keyword)) {
        JsonObject rest = left.without(keyword);
        return Keywords.array(left, keyword, at).stream()
            .allMatch(option -> never(merger.merge(rest, option, at), right, at, depth + 1));
      }
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      boolean none =
          right.members().containsKey(keyword)
              && Keywords.array(right, keyword, at).stream()
                  .allMatch(option -> never(left, option, at, depth + 1));
      if (none) {
        return true;
      }
    }
    return neverByValue(left, right, at) || neverByType(left, right, at, depth);
  }

  private static boolean hasValues(JsonObject schema) {
    return schema.members().containsKey("enum") || schema.members().containsKey("const");
  }

  private static boolean neverByValue(JsonObject a, JsonObject b, String at) {
    if (hasValues(a) && hasValues(b)) {
      List<JsonValue> others = SchemaMerger.values(b, at);
      return SchemaMerger.values(a, at).stream()
          .allMatch(mine -> others.stream().allMatch(theirs -> differ(mine, theirs)));
    }
    if (hasValues(a)) {
      return SchemaMerger.values(a, at).stream().allMatch(value -> isNot(value, b, at));
    }
    Set<SchemaType> types = SchemaType.generated(a, at);
    return hasValues(b)
        && SchemaMerger.values(b, at).stream()
            .allMatch(value -> SchemaType.common(types, SchemaType.of(value)).isEmpty());
  }

  private static boolean isNot(JsonValue value, JsonObject schema, String at) {
    return SchemaType.declared(schema, at)
        .map(types -> SchemaType.common(types, SchemaType.of(value)).isEmpty())
        .orElse(false);
  }

  /// Whether two values are plainly not equal. Arrays and objects are not looked into.
  private static boolean differ(JsonValue a, JsonValue b) {
    if (a instanceof JsonNumber mine && b instanceof JsonNumber theirs) {
      return mine.decimal().isPresent()
          && theirs.decimal().isPresent()
          && mine.decimal().get().compareTo(theirs.decimal().get()) != 0;
    }
    boolean nested = a instanceof JsonArray || a instanceof JsonObject;
    return nested ? !a.getClass().equals(b.getClass()) : !a.equals(b);
  }

  private boolean neverByType(JsonObject a, JsonObject b, String at, int depth) {
    Set<SchemaType> all = EnumSet.allOf(SchemaType.class);
    Set<SchemaType> common =
        SchemaType.common(SchemaType.generated(a, at), SchemaType.declared(b, at).orElse(all));
    return common.stream()
        .allMatch(type ->
            switch (type) {
              case OBJECT -> neverAsObject(a, b, at, depth);
              case ARRAY -> outside(a, b, "minItems", "maxItems", at);
              case STRING -> outside(a, b, "minLength", "maxLength", at) && !hasValues(a);
              case NUMBER, INTEGER ->
                  NumberText.Range.of(a, at).excludes(NumberText.Range.of(b, at));
              case BOOLEAN, NULL -> false;
            });
  }

  private static boolean outside(JsonObject a, JsonObject b, String min, String max, String at) {
    return Keywords.count(a, max, Expression.UNBOUNDED, at) < Keywords.count(b, min, 0, at)
        || Keywords.count(a, min, 0, at) > Keywords.count(b, max, Expression.UNBOUNDED, at);
  }

  private boolean neverAsObject(JsonObject a, JsonObject b, String at, int depth) {
    JsonObject mine = Keywords.object(a, "properties", at);
    JsonObject theirs = Keywords.object(b, "properties", at);
    Set<String> made = Keywords.required(a, at);
    boolean closed =
        a.members().containsKey("additionalProperties")
            ? a.members().get("additionalProperties") == JsonBoolean.FALSE
            : a.members().containsKey("properties");
    closed &= !a.members().containsKey("patternProperties");
    for (String name : Keywords.required(b, at)) {
      boolean absent = closed && !mine.members().containsKey(name) && !made.contains(name);
      if (absent || mine.members().get(name) == JsonBoolean.FALSE) {
        return true;
      }
    }
    boolean othersClosed =
        b.members().get("additionalProperties") == JsonBoolean.FALSE
            && !b.members().containsKey("patternProperties");
    for (String name : made) {
      JsonValue value = mine.members().getOrDefault(name, JsonBoolean.TRUE);
      JsonValue other = theirs.members().getOrDefault(name, JsonBoolean.TRUE);
      if ((othersClosed && !theirs.members().containsKey(name))
          || (other != JsonBoolean.TRUE && never(value, other, at, depth + 1))) {
        return true;
      }
    }
    return false;
  }
}
