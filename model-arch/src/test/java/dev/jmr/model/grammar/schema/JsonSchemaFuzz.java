package dev.jmr.model.grammar.schema;

import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.grammar.GrammarWalk;
import dev.jmr.model.grammar.SmallVocabulary;
import dev.jmr.model.json.JsonException;
import dev.jmr.model.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Whatever the schema, it is refused with its place, or what a model writes by it is JSON and valid. An even first byte: the
/// rest is the schema; an odd one: the rest chooses a schema of the subset that must compile.
@SuppressWarnings("exports") // tests are not exported
public final class JsonSchemaFuzz implements FuzzTarget {
  private static final GrammarLimits LIMITS =
      new GrammarLimits(10_000, 32, 300, 2_000, 20_000, 2_000);
  private static final GrammarVocabulary VOCABULARY = SmallVocabulary.json();
  private static final int WALKS = 4;
  private static final int MAX_TOKENS = 60;

  @Override
  public String name() {
    return "schema";
  }

  @Override
  public void run(byte[] input) {
    FuzzInput choices = new FuzzInput(input);
    boolean drawn = choices.nextBoolean();
    String schema = drawn ? new RandomSchemas(choices).document() : choices.text();
    Grammar grammar;
    try {
      grammar =
          drawn
              ? JsonSchema.compile(schema)
              : JsonSchema.compile(JsonSchema.parse(schema, LIMITS), LIMITS);
    } catch (GrammarException e) {
      if (drawn || e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("refused: " + schema, e);
      }
      return;
    }
    GrammarMatcher matcher = new GrammarMatcher(grammar, VOCABULARY);
    List<String> texts = new ArrayList<>();
    RandomGenerator random = choices.chance();
    for (int i = 0; i < WALKS; i++) {
      GrammarWalk.walk(grammar, matcher, random, MAX_TOKENS).ifPresent(texts::add);
    }
    if (!texts.isEmpty()) {
      check(schema, texts);
    }
  }

  private static void check(String schema, List<String> texts) {
    texts.forEach(JsonSchemaFuzz::checkReadable);
    Optional<SchemaValidator> validator = validator(schema);
    for (String text : texts) {
      List<String> errors = validator.map(judge -> errors(judge, text)).orElse(List.of());
      if (text.contains("#") && errors.toString().contains("RFC 6901")) {
        continue; // The validator takes `#` for no part of a JSON pointer.
      }
      if (!errors.isEmpty()) {
        throw new AssertionError("%s for %s: %s".formatted(text, schema, errors));
      }
    }
  }

  /// Names of further members may come twice, as [JsonSchema] says.
  private static void checkReadable(String text) {
    try {
      JsonReader.read(text);
    } catch (JsonException e) {
      if (!String.valueOf(e.getMessage()).endsWith("again")) {
        throw e;
      }
    }
  }

  /// Nobody, where the validator does not read the schema.
  private static Optional<SchemaValidator> validator(String schema) {
    try {
      return Optional.of(new SchemaValidator(schema));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<String> errors(SchemaValidator validator, String text) {
    try {
      return validator.errors(text);
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      seeds.add("\0" + new RandomSchemas(seed).document());
      seeds.add("\1" + "%032x".formatted(seed * 0x9E3779B97F4A7C15L).repeat(3));
    }
    seeds.add(
        "\0{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"minimum\":1}}},{\"required\":[\"a\"],"
            + "\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":5}}}]}");
    seeds.add(
        "\0{\"type\":\"object\",\"patternProperties\":{\"^x\":{\"const\":1}},\"maxProperties\":2}");
    seeds.add("\0{\"type\":\"string\",\"minLength\":2,\"maxLength\":5,\"pattern\":\"^[a-z]\"}");
    seeds.add(
        "\0{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a\"}}}}");
    seeds.add("\0{\"type\":\"number\",\"multipleOf\":0.01,\"exclusiveMinimum\":0,\"maximum\":1}");
    return FuzzTarget.bytes(seeds);
  }

  @Override
  public List<String> words() {
    return List.of(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"type\":",
        "\"object\"",
        "\"array\"",
        "\"string\"",
        "\"integer\"",
        "\"number\"",
        "\"null\"",
        "\"boolean\"",
        "\"properties\":{",
        "\"required\":[",
        "\"items\":",
        "\"prefixItems\":[",
        "\"additionalProperties\":",
        "\"anyOf\":[",
        "\"oneOf\":[",
        "\"allOf\":[",
        "\"enum\":[",
        "\"const\":",
        "\"$ref\":\"#\"",
        "\"$ref\":\"#/$defs/d0\"",
        "\"pattern\":\"",
        "\"format\":\"date\"",
        "\"minLength\":",
        "\"maxLength\":",
        "\"minimum\":",
        "\"maximum\":",
        "\"exclusiveMinimum\":",
        "\"multipleOf\":",
        "\"minItems\":",
        "\"maxItems\":",
        "\"minProperties\":",
        "\"maxProperties\":",
        "\"patternProperties\":{",
        "\"propertyNames\":",
        "\"uniqueItems\":",
        "\"a\"",
        "true",
        "false",
        "0",
        "1",
        "-5",
        "0.5",
        "1e3",
        "\\\\d",
        "^",
        "$",
        "é");
  }
}
