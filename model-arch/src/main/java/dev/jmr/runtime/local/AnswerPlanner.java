package dev.jmr.runtime.local;

import dev.jmr.model.chat.constraint.AnswerGrammar;
import dev.jmr.model.chat.constraint.AnswerShape;
import dev.jmr.model.chat.constraint.AnswerShape.Calls;
import dev.jmr.model.chat.constraint.MarkerText;
import dev.jmr.model.chat.constraint.Thoughts;
import dev.jmr.model.chat.constraint.ToolDefinition;
import dev.jmr.model.chat.output.OutputFormat;
import dev.jmr.model.chat.output.ReasoningMarkers;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;
import java.util.List;
import java.util.Optional;

/// Makes plans of rules, for one model. Used by the threads that submit requests, so that compiling a grammar keeps no
/// answer waiting but its own.
final class AnswerPlanner {
  private final Tokenizer tokenizer;
  private final GrammarCache grammars;

  AnswerPlanner(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.grammars = new GrammarCache(tokenizer);
  }

  /// What a grammar is made of, besides the model.
  private record Source(
      AnswerFormat format,
      Calls calls,
      List<ToolDefinition> tools,
      boolean several,
      Thoughts thoughts) {
    /// Whether this is more than what the model does by itself.
    boolean constrains() {
      return switch (calls) {
        case NONE -> !format.equals(AnswerFormat.FREE);
        case ALLOWED ->
            !format.equals(AnswerFormat.FREE) || tools.stream().anyMatch(ToolDefinition::strict);
        case REQUIRED -> true;
      };
    }
  }

  /// The plan for a text that is continued, which knows neither tools nor thoughts.
  ///
  /// @throws RequestException if the format cannot be held to
  AnswerPlan ofText(AnswerFormat format) {
    return format.equals(AnswerFormat.FREE)
        ? AnswerPlan.FREE
        : AnswerPlan.of(grammars.get(format, () -> FormatGrammar.of(format).orElseThrow()));
  }

  /// The plan for the answer to a conversation.
  ///
  /// @param tools that were offered
  /// @param template the source of the chat template
  /// @param prompt the rendered conversation
  /// @throws RequestException if the rules cannot be held to
  AnswerPlan ofChat(
      AnswerRules rules,
      List<ToolDefinition> tools,
      OutputFormat output,
      String template,
      String prompt) {
    List<ReasoningMarkers> markers = output.reasoning();
    Optional<ReasoningMarkers> opened =
        markers.stream().filter(each -> each.openAtEnd(prompt)).findFirst();
    Source source = source(rules, tools, thoughts(rules, markers, opened, template));
    Optional<GrammarMatcher> grammar =
        source.constrains()
            ? Optional.of(grammars.get(source, () -> compile(source, output)))
            : Optional.empty();
    return new AnswerPlan(grammar, markers, opened, rules.reasoning().limit());
  }

  private Source source(AnswerRules rules, List<ToolDefinition> tools, Thoughts thoughts) {
    AnswerFormat format = rules.format();
    boolean several = rules.parallelToolCalls();
    return switch (rules.toolChoice()) {
      case ToolChoice.None _ -> new Source(format, Calls.NONE, List.of(), several, thoughts);
      case ToolChoice.Auto _ ->
          new Source(
              format, tools.isEmpty() ? Calls.NONE : Calls.ALLOWED, tools, several, thoughts);
      case ToolChoice.Required _ ->
          new Source(AnswerFormat.FREE, Calls.REQUIRED, tools, several, thoughts);
      case ToolChoice.Named(String name) ->
          new Source(
              AnswerFormat.FREE, Calls.REQUIRED, List.of(named(name, tools)), false, thoughts);
    };
  }

  private static ToolDefinition named(String name, List<ToolDefinition> tools) {
    return tools.stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new RequestException(
                "tool choice: expected one of the tools that are offered, %s, got '%s'"
                    .formatted(tools.stream().map(ToolDefinition::name).toList(), name)));
  }

  /// A model thinks before it answers if its template or vocabulary knows how to.
  private Thoughts thoughts(
      AnswerRules rules,
      List<ReasoningMarkers> markers,
      Optional<ReasoningMarkers> opened,
      String template) {
    if (opened.isPresent()) {
      return Thoughts.begun(opened.get());
    }
    if (rules.reasoning().mode() == Reasoning.Mode.OFF) {
      return Thoughts.NONE;
    }
    return new Thoughts(
        markers.stream()
            .filter(
                each -> template.contains(each.open()) || tokenizer.idOf(each.open()).isPresent())
            .distinct()
            .toList(),
        false);
  }

  private Grammar compile(Source source, OutputFormat output) {
    AnswerShape shape =
        new AnswerShape(
            FormatGrammar.of(source.format()),
            source.calls(),
            source.tools(),
            source.several(),
            source.thoughts());
    try {
      return new AnswerGrammar(output, MarkerText.of(tokenizer), GrammarLimits.STANDARD).of(shape);
    } catch (GrammarException e) {
      throw new RequestException(String.valueOf(e.getMessage()), e);
    }
  }
}
