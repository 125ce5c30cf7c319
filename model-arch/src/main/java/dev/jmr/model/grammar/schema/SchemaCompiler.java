package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonBoolean;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Goes through a schema and makes expressions of it, and a rule of each schema that is referred to.
final class SchemaCompiler {
  private static final int MAX_ALTERNATIVES = 1000;

  private final RuleSet rules;
  private final String name;
  private final GrammarLimits limits;
  private final StringNotation strings;
  private final JsonText json;
  private final SchemaReferences references;
  private final SchemaMerger merger;
  private final Set<String> referred = new HashSet<>();
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private final long deadlineNanos;
  private int members;

  /// For schemas of JSON.
  SchemaCompiler(SchemaReferences references, RuleSet rules, String name, GrammarLimits limits) {
    this(references, rules, name, limits, StringNotation.json());
  }

  SchemaCompiler(
      SchemaReferences references,
      RuleSet rules,
      String name,
      GrammarLimits limits,
      StringNotation strings) {
    this.rules = rules;
    this.name = name;
    this.limits = limits;
    this.strings = strings;
    this.json = new JsonText(rules, strings);
    this.references = references;
    this.merger = new SchemaMerger(references);
    this.deadlineNanos = System.nanoTime() + limits.millis() * 1_000_000L;
  }

  /// The whole document.
  Expression compile() {
    return compile("#");
  }

  /// The part of the document at a pointer.
  Expression compile(String pointer) {
    Expression part = refer(pointer);
    compileReferred();
    return part;
  }

  /// The part of the document at a pointer, where it satisfies another schema as well.
  Expression compileWith(JsonObject other, String pointer) {
    return compilePart(merger.merge(references.find(pointer, pointer), other, pointer), pointer);
  }

  /// A schema that may refer to the document.
  private Expression compilePart(JsonValue schema, String at) {
    Expression part = compile(schema, at, 0);
    compileReferred();
    return part;
  }

  private void compileReferred() {
    while (!open.isEmpty()) {
      String pointer = open.remove();
      rules.add(name + pointer, pointer, compile(references.find(pointer, pointer), pointer, 0));
    }
  }

  private Expression refer(String pointer) {
    if (referred.add(pointer)) {
      open.add(pointer);
    }
    return new Reference(name + pointer);
  }

  GrammarLimits limits() {
    return limits;
  }

  StringNotation strings() {
    return strings;
  }

  JsonText json() {
    return json;
  }

  RuleSet rules() {
    return rules;
  }

  /// A rule of its own, for what is used several times.
  Expression rule(String at, Expression body) {
    String rule = "%s%s (%d)".formatted(name, at, members++);
    rules.add(rule, at, body);
    return new Reference(rule);
  }

  Expression compile(JsonValue schema, String at, int depth) {
    if (depth > limits.nesting()) {
      throw new GrammarException(
          at, "expected at most %d nested schemas".formatted(limits.nesting()));
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new GrammarException(at, "expected to compile within %d ms".formatted(limits.millis()));
    }
    return switch (schema) {
      case JsonBoolean all when all.value() -> json.value();
      case JsonBoolean _ -> throw nothing(at);
      case JsonObject object -> compile(object, at, depth);
      default -> throw Keywords.expected(at, "a schema: an object, true or false", schema);
    };
  }

  private static GrammarException nothing(String at) {
    return new UnsatisfiableSchemaException(at);
  }

  private Expression compile(JsonObject schema, String at, int depth) {
    Keywords.check(schema, at);
    JsonObject assertions = Keywords.assertions(schema);
    if (assertions.members().size() == 1
        && assertions.members().get("$ref") instanceof JsonString ref) {
      return refer(references.pointer(ref.value(), at));
    }
    JsonValue flat = merger.flatten(assertions, at);
    if (!(flat instanceof JsonObject object)) {
      return compile(flat, at, depth + 1);
    }
    if (object.members().containsKey("anyOf")) {
      return alternatives(object, "anyOf", at, depth);
    }
    if (object.members().containsKey("oneOf")) {
      new Alternatives(merger).requireDisjoint(object, at);
      return alternatives(object, "oneOf", at, depth);
    }
    if (object.members().containsKey("enum") || object.members().containsKey("const")) {
      return values(object, at);
    }
    return types(object, at, depth);
  }

  private Expression alternatives(JsonObject schema, String keyword, String at, int depth) {
    JsonObject rest = schema.without(keyword);
    List<Expression> options = new ArrayList<>();
    List<JsonValue> alternatives = Keywords.array(schema, keyword, at);
    if (alternatives.size() > MAX_ALTERNATIVES) {
      throw new GrammarException(
          at + "/" + keyword, "expected at most %d alternatives".formatted(MAX_ALTERNATIVES));
    }
    for (int i = 0; i < alternatives.size(); i++) {
      String place = at + "/" + keyword + "/" + i;
      JsonValue merged =
          rest.members().isEmpty()
              ? alternatives.get(i)
              : merger.merge(rest, alternatives.get(i), place);
      if (merged != JsonBoolean.FALSE) {
        options.add(compile(merged, place, depth + 1));
      }
    }
    if (options.isEmpty()) {
      throw nothing(at + "/" + keyword);
    }
    return new Choice(options);
  }

  /// Literals: those values that the rest of the schema has a text for.
  private Expression values(JsonObject schema, String at) {
    List<JsonValue> values = SchemaMerger.values(schema, at);
    JsonObject rest = schema.without("enum", "const");
    Optional<Grammar> others = Optional.empty();
    if (!rest.without("type").members().isEmpty()) {
      RuleSet own = new RuleSet();
      own.add("rest", at, new SchemaCompiler(references, own, "", limits).compilePart(rest, at));
      others = Optional.of(Grammar.of(own, "rest", limits));
    }
    Optional<Set<SchemaType>> types = SchemaType.declared(schema, at);
    List<Expression> options = new ArrayList<>();
    for (JsonValue value : values) {
      boolean typed =
          types.isEmpty() || types.get().stream().anyMatch(SchemaType.of(value)::contains);
      if (typed && (others.isEmpty() || others.get().matches(value.toString()))) {
        options.add(json.literal(value, at));
      }
    }
    if (options.isEmpty()) {
      throw nothing(at);
    }
    return new Choice(options);
  }

  private Expression types(JsonObject schema, String at, int depth) {
    Set<SchemaType> types = SchemaType.generated(schema, at);
    List<Expression> options = new ArrayList<>();
    for (SchemaType type : types) {
      switch (type) {
        case OBJECT -> options.add(object(schema, at, depth));
        case ARRAY -> options.add(array(schema, at, depth));
        case STRING -> options.add(strings.satisfying(schema, at, rules, limits));
        case NUMBER -> options.add(NumberText.number(schema, at));
        case INTEGER -> {
          if (!types.contains(SchemaType.NUMBER)) {
            options.add(NumberText.integer(schema, at));
          }
        }
        case BOOLEAN -> options.add(JsonText.BOOLEAN);
        case NULL -> options.add(JsonText.NULL);
      }
    }
    if (options.isEmpty()) {
      throw nothing(at);
    }
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private Expression object(JsonObject schema, String at, int depth) {
    return ObjectText.saysNothing(schema)
        ? json.object()
        : new ObjectText(this, schema, at, depth).expression();
  }

  private Expression array(JsonObject schema, String at, int depth) {
    return ArrayText.saysNothing(schema)
        ? json.array()
        : new ArrayText(this, schema, at, depth).expression();
  }
}
