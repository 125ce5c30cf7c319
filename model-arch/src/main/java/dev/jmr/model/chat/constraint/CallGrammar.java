package dev.jmr.model.chat.constraint;

import static dev.jmr.model.grammar.Expression.sequence;

import dev.jmr.model.chat.output.CallForm;
import dev.jmr.model.chat.output.CallForm.Part;
import dev.jmr.model.grammar.CodePoints;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Characters;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Expression.Sequence;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.grammar.Trigger;
import java.util.ArrayList;
import java.util.List;

/// Calls of tools as one dialect writes them.
final class CallGrammar {
  private static final CodePoints DIGITS = CodePoints.range('0', '9');
  private static final CodePoints LETTERS =
      CodePoints.range('a', 'z').union(CodePoints.range('A', 'Z'));

  private final CallForm form;
  private final MarkerText markers;
  private final RuleSet rules;
  private final GrammarLimits limits;

  /// What stands between [CallForm#open] and the first part that is not the same in every call.
  private final String head;

  private final List<Part> tail;

  CallGrammar(CallForm form, MarkerText markers, RuleSet rules, GrammarLimits limits) {
    this.form = form;
    this.markers = markers;
    this.rules = rules;
    this.limits = limits;
    int literals = 0;
    StringBuilder text = new StringBuilder();
    while (form.call().get(literals) instanceof Part.Literal literal) {
      text.append(literal.text());
      literals++;
    }
    this.head = text.toString();
    this.tail = form.call().subList(literals, form.call().size());
  }

  /// Calls and nothing else. Where they must come, arguments satisfy their schemas; else those of strict tools do.
  Expression alone(AnswerShape shape) {
    addTools(shape.tools(), shape.calls() == AnswerShape.Calls.REQUIRED);
    return calls(shape, 0);
  }

  /// Free text that may end with calls; from what opens them on they are held to.
  Expression inFreeText(AnswerShape shape) {
    addTools(shape.tools(), false);
    List<String> triggers = form.triggers().stream().filter(markers::searchable).toList();
    if (triggers.isEmpty()) {
      throw new GrammarException("", "strict tools: expected a model whose calls have an opening");
    }
    return new Trigger(triggers, false, false)
        .before(triggers.stream().map(trigger -> behind(trigger, shape)).toList());
  }

  private Expression behind(String trigger, AnswerShape shape) {
    int at = (form.open() + head).indexOf(trigger);
    return calls(shape, at < 0 ? 0 : at + trigger.length());
  }

  /// @param written characters of the opening that are there already
  private Expression calls(AnswerShape shape, int written) {
    Expression first = markers.expression((form.open() + head).substring(written));
    Expression more =
        shape.several() && form.parallel()
            ? new Repeat(
                sequence(markers.expression(form.separator() + head), tails(shape, false)),
                0,
                Expression.UNBOUNDED)
            : Expression.EMPTY;
    return sequence(first, tails(shape, true), more, markers.expression(form.close()));
  }

  private static Expression tails(AnswerShape shape, boolean first) {
    List<Expression> options = new ArrayList<>();
    for (int tool = 0; tool < shape.tools().size(); tool++) {
      options.add(new Reference(rule(tool, first)));
    }
    return new Choice(options);
  }

  private static String rule(int tool, boolean first) {
    return "tool %d %s".formatted(tool, first ? "first" : "further");
  }

  private void addTools(List<ToolDefinition> tools, boolean enforced) {
    for (int i = 0; i < tools.size(); i++) {
      ToolDefinition tool = tools.get(i);
      String name = "tool " + i + " ";
      try {
        Expression arguments =
            new ArgumentsGrammar(markers, rules, limits)
                .of(name, argumentsPart().form(), tool, enforced || tool.strict());
        rules.add(name + "arguments", "", arguments);
      } catch (GrammarException e) {
        throw new GrammarException("", "tool '%s': %s".formatted(tool.name(), e.getMessage()));
      }
      rules.add(rule(i, true), "", call(name, tool, true));
      rules.add(rule(i, false), "", call(name, tool, false));
    }
  }

  private Part.Arguments argumentsPart() {
    return form.call().stream()
        .filter(Part.Arguments.class::isInstance)
        .map(Part.Arguments.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /// One call behind the head.
  private Expression call(String name, ToolDefinition tool, boolean first) {
    List<Expression> parts = new ArrayList<>();
    for (Part part : tail) {
      parts.add(
          switch (part) {
            case Part.Literal(String text) -> markers.expression(text);
            case Part.Name _ -> Expression.text(tool.name());
            case Part.CallNumber _ -> number(first);
            case Part.Id(int length) ->
                new Repeat(new Characters(DIGITS.union(LETTERS)), length, length);
            case Part.Arguments _ -> new Reference(name + "arguments");
          });
    }
    return new Sequence(parts);
  }

  private static Expression number(boolean first) {
    return first
        ? Expression.text("0")
        : sequence(
            new Characters(CodePoints.range('1', '9')), new Repeat(new Characters(DIGITS), 0, 2));
  }
}
