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
import dev.jmr.model.grammar.Trigger;
import dev.jmr.model.grammar.schema.JsonSchema;
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
/// Where strings stand bare, without quotes, only those are held to that may be any text or one of a list; a schema that says
/// more of them is refused.
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
              tool, ", ", (property, at) -> sequence(text(property + "="), json(name, tool, at)));
      case ArgumentsForm.Gemma _ ->
          listed(
              tool,
              ",",
              (property, at) -> sequence(text(property + ":"), gemmaValue(name, tool, at)));
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

  private Expression json(String name, ToolDefinition tool, Property property) {
    return JsonSchema.addTo(
        rules, name + property.pointer(), tool.parameters(), property.pointer(), limits);
  }

  private Expression tagged(String name, ArgumentsForm.Tagged form, ToolDefinition tool) {
    List<Expression> parts = new ArrayList<>();
    for (Property property : Property.of(tool)) {
      Expression argument =
          property.mayBeText()
              ? sequence(
                  markers.expression(form.beforeName() + property.name() + form.afterNameOfText()),
                  property.texts().isEmpty()
                      ? bareText(form.afterValue())
                      : sequence(oneOf(property), markers.expression(form.afterValue())))
              : sequence(
                  markers.expression(form.beforeName() + property.name() + form.afterNameOfOther()),
                  json(name, tool, property),
                  markers.expression(form.afterValue()));
      parts.add(property.required() ? argument : Expression.optional(argument));
    }
    return new Expression.Sequence(parts);
  }

  private Expression anyTagged(ArgumentsForm.Tagged form, ToolDefinition tool) {
    List<Expression> options = new ArrayList<>();
    for (String property : Property.names(tool)) {
      String open = form.beforeName() + property + form.afterNameOfText();
      options.add(sequence(markers.expression(open), bareText(form.afterValue())));
    }
    return new Repeat(new Choice(options), 0, options.isEmpty() ? 0 : Expression.UNBOUNDED);
  }

  private static Expression oneOf(Property property) {
    return new Choice(property.texts().stream().map(Expression::text).toList());
  }

  /// Any text without the end of a value, and this end, which white space may stand around.
  private Expression bareText(String end) {
    String mark = end.strip();
    if (!markers.searchable(mark)) {
      throw new GrammarException(
          "", "expected arguments whose end is text or one token, got '%s'".formatted(mark));
    }
    String behind = end.substring(end.indexOf(mark) + mark.length());
    return new Trigger(List.of(mark), true, false).before(markers.expression(behind));
  }

  private Expression gemmaValue(String name, ToolDefinition tool, Property property) {
    if (property.mayBeText()) {
      return property.texts().isEmpty()
          ? sequence(markers.expression(GEMMA_QUOTE), bareText(GEMMA_QUOTE))
          : sequence(
              markers.expression(GEMMA_QUOTE), oneOf(property), markers.expression(GEMMA_QUOTE));
    }
    Set<ValueKind> kinds = property.kinds();
    if (kinds.isEmpty() || kinds.contains(ValueKind.OBJECT) || kinds.contains(ValueKind.ARRAY)) {
      throw new GrammarException(
          property.pointer(),
          "expected a string, number, boolean or null, which are all that this model's calls can be held to");
    }
    return json(name, tool, property);
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
