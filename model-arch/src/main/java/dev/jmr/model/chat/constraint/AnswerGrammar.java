package dev.jmr.model.chat.constraint;

import static dev.jmr.model.grammar.Expression.sequence;

import dev.jmr.model.chat.output.AnswerForm;
import dev.jmr.model.chat.output.OutputFormat;
import dev.jmr.model.chat.output.ReasoningMarkers;
import dev.jmr.model.grammar.Expression;
import dev.jmr.model.grammar.Expression.Choice;
import dev.jmr.model.grammar.Expression.Reference;
import dev.jmr.model.grammar.Expression.Repeat;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.RuleSet;
import dev.jmr.model.grammar.Trigger;
import java.util.ArrayList;
import java.util.List;

/// Makes one grammar of all that an answer to a conversation may be.
public final class AnswerGrammar {
  private static final String ANSWER = "answer behind thoughts";
  private static final String WHOLE = "whole answer";
  private static final int MOST_SPACE = 4;

  private final OutputFormat format;
  private final MarkerText markers;
  private final GrammarLimits limits;

  /// @param format how the model writes
  /// @param markers over the model's vocabulary
  public AnswerGrammar(OutputFormat format, MarkerText markers, GrammarLimits limits) {
    this.format = format;
    this.markers = markers;
    this.limits = limits;
  }

  /// The grammar of the answers of this shape.
  ///
  /// @throws dev.jmr.model.grammar.GrammarException if the arguments of a tool cannot be held to its schema, or a limit is
  ///     exceeded
  public Grammar of(AnswerShape shape) {
    RuleSet rules = shape.text().map(Grammar::rules).orElseGet(RuleSet::new);
    rules.add(ANSWER, "", answer(shape, rules));
    rules.add(WHOLE, "", thoughtful(shape.thoughts()));
    return Grammar.of(rules, WHOLE, limits);
  }

  private Expression answer(AnswerShape shape, RuleSet rules) {
    List<Expression> options = new ArrayList<>();
    if (shape.calls() != AnswerShape.Calls.NONE) {
      CallGrammar calls = new CallGrammar(format.callForm(), markers, rules, limits);
      boolean free = shape.calls() == AnswerShape.Calls.ALLOWED && shape.text().isEmpty();
      options.add(free ? calls.inFreeText(shape) : calls.alone(shape));
    }
    if (shape.calls() != AnswerShape.Calls.REQUIRED) {
      shape.text().ifPresent(text -> options.add(marked(text.root())));
    }
    return new Choice(options);
  }

  private Expression marked(Expression text) {
    AnswerForm form = format.answerForm();
    return sequence(markers.expression(form.open()), text, markers.expression(form.close()));
  }

  /// A thought, if there is one, and the answer behind it. The model does not end before it has answered.
  private Expression thoughtful(Thoughts thoughts) {
    Expression answer = new Reference(ANSWER);
    Expression space = new Repeat(Expression.characters(' ', '\n', '\r', '\t'), 0, MOST_SPACE);
    Expression next =
        sequence(space, markers.expression(format.answerForm().afterThought()), answer);
    List<Expression> options = new ArrayList<>();
    if (!thoughts.open()) {
      options.add(answer);
    }
    for (ReasoningMarkers around : thoughts.markers()) {
      Expression rest = new Trigger(List.of(around.close()), true, false).before(next);
      options.add(thoughts.open() ? rest : sequence(markers.expression(around.open()), rest));
    }
    return new Choice(options);
  }
}
