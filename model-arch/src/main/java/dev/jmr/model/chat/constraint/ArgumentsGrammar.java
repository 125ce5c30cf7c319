package dev.jmr.model.chat.constraint;

import static dev.jmr.model.grammar.Expression.sequence;
import static dev.jmr.model.grammar.Expression.text;

import dev.jmr.model.chat.output.CallForm.ArgumentsForm;
import dev.jmr.model.chat.output.ValueKind;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Graph;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Step;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.grammar.schema.JsonSchema;
import dev.jmr.model.grammar.schema.RawStrings;
import dev.jmr.model.grammar.schema.SchemaPart;
import dev.jmr.model.grammar.schema.StringNotation;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arguments of a call, in each of the forms in which dialects write them.
///
/// Where strings stand bare, without quotes, they are those that the parser reads as strings: none with what ends a value, and,
/// where a parameter may be something else as well, none that looks like it.
final class ArgumentsGrammar {
  private static final String GEMMA_QUOTE = "<|\"|>";
  private static final JsonObject ANY_OBJECT =
      new JsonObject(new LinkedHashMap<>(Map.of("type", new JsonString("object"))));

  private final MarkerText markers;
  private final RuleSet rules;
  private final GrammarLimits limits;

  ArgumentsGrammar(MarkerText markers, RuleSet rules, GrammarLimits limits) {
    this.markers = markers;
    this.rules = rules;
    this.limits = limits;
  }

  /// @param name tells the rules of one tool apart
  /// @param enforced whether the arguments satisfy the tool's schema; else they are any, as far as the form knows any
  Expression of(String name, ArgumentsForm form, ToolDefinition tool, boolean enforced) {
    return switch (form) {
      case ArgumentsForm.Json _ ->
          JsonSchema.addTo(rules, name, enforced ? object(tool) : ANY_OBJECT, limits);
      case ArgumentsForm.Tagged tagged ->
          enforced ? tagged(name, tagged, tool) : anyTagged(tagged, tool);
      case ArgumentsForm.Python _ ->
          listed(
              tool,
              ", ",
              (property, at) ->
                  sequence(
                      text(property + "="), part(name, tool, at).values(StringNotation.json())));
      case ArgumentsForm.Gemma _ ->
          listed(
              tool,
              ",",
              (property, at) ->
                  sequence(text(property + ":"), part(name, tool, at).values(gemma())));
    };
  }

  /// The schema of the arguments, which are an object whether it says so or not.
  private static JsonValue object(ToolDefinition tool) {
    return tool.parameters() instanceof JsonObject schema
            && !schema.members().containsKey("type")
            && !schema.members().containsKey("$ref")
        ? schema.with("type", new JsonString("object"))
        : tool.parameters();
  }

  private SchemaPart part(String name, ToolDefinition tool, Property property) {
    return new SchemaPart(
        tool.parameters(), property.pointer(), rules, name + property.pointer(), limits);
  }

  private Expression tagged(String name, ArgumentsForm.Tagged form, ToolDefinition tool) {
    List<Expression> parts = new ArrayList<>();
    for (Property property : Property.of(tool)) {
      Expression argument = tagged(part(name, tool, property), property, form);
      parts.add(property.required() ? argument : Expression.optional(argument));
    }
    return new Expression.Sequence(parts);
  }

  /// One argument: a bare string, or JSON, or either.
  private Expression tagged(SchemaPart part, Property property, ArgumentsForm.Tagged form) {
    String before = form.beforeName() + property.name();
    boolean told = !form.afterNameOfText().equals(form.afterNameOfOther());
    List<Expression> options = new ArrayList<>();
    if (property.mayBe(ValueKind.STRING)) {
      List<Expression> also = told ? List.of() : Lookalikes.excluded(property.kinds());
      part.strings(bare(form.afterValue(), also))
          .ifPresent(text ->
              options.add(sequence(markers.expression(before + form.afterNameOfText()), text)));
    }
    if (!property.kinds().equals(Set.of(ValueKind.STRING))) {
      part.others()
          .ifPresent(json ->
              options.add(
                  sequence(
                      markers.expression(before + form.afterNameOfOther()),
                      json,
                      markers.expression(form.afterValue()))));
    }
    if (options.isEmpty()) {
      throw new GrammarException(property.pointer(), "nothing satisfies this schema");
    }
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private Expression anyTagged(ArgumentsForm.Tagged form, ToolDefinition tool) {
    List<Expression> options = new ArrayList<>();
    for (String property : Property.names(tool)) {
      String open = form.beforeName() + property + form.afterNameOfText();
      options.add(sequence(markers.expression(open), bareText(form.afterValue())));
    }
    return new Repeat(new Choice(options), 0, options.isEmpty() ? 0 : Expression.UNBOUNDED);
  }

  /// Any text without the end of a value, and this end, which white space may stand around.
  private Expression bareText(String end) {
    return bare(end, List.of()).any(rules);
  }

  private RawStrings bare(String end, List<Expression> also) {
    String mark = end.strip();
    if (!markers.searchable(mark)) {
      throw new GrammarException(
          "", "expected arguments whose end is text or one token, got '%s'".formatted(mark));
    }
    String behind = end.substring(end.indexOf(mark) + mark.length());
    return new RawStrings(
        Expression.EMPTY, mark, markers.expression(end), markers.expression(behind), also);
  }

  /// Strings between Gemma's quotes, keys without any.
  private RawStrings gemma() {
    Expression quote = markers.expression(GEMMA_QUOTE);
    return new RawStrings(quote, GEMMA_QUOTE, quote, Expression.EMPTY, List.of());
  }

  /// How one argument is written.
  private interface Argument {
    Expression of(String name, Property property);
  }

  /// Arguments in the order of the schema, with a separator between any two that are there.
  private static Expression listed(ToolDefinition tool, String separator, Argument argument) {
    List<Property> properties = Property.of(tool);
    int count = properties.size();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Property property = properties.get(i);
      Expression written = argument.of(property.name(), property);
      int behindSome = count + 1 + i;
      steps.add(new Step(i, written, behindSome + 1));
      steps.add(new Step(behindSome, sequence(text(separator), written), behindSome + 1));
      if (!property.required()) {
        steps.add(new Step(i, Expression.EMPTY, i + 1));
        steps.add(new Step(behindSome, Expression.EMPTY, behindSome + 1));
      }
    }
    return new Graph(2 * count + 2, steps, 0, Set.of(count, 2 * count + 1));
  }
}
