package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Set;

/// How one model writes: its dialect of tool calls and the markers around its thoughts. Immutable.
public final class OutputFormat {
  private final OutputDialect dialect;
  private final List<ReasoningMarkers> reasoning;

  OutputFormat(OutputDialect dialect, List<ReasoningMarkers> reasoning) {
    this.dialect = dialect;
    this.reasoning = reasoning;
  }

  /// The format of the model with this chat template, told by the markers in its source; by the vocabulary where the template
  /// leaves it open. A template that says nothing of tools gives the generic dialect.
  ///
  /// @param template the template's source; empty if there is none
  /// @param specialTokens the texts of the vocabulary's special tokens
  public static OutputFormat of(String template, Set<String> specialTokens) {
    TemplateTraits traits = new TemplateTraits(template, specialTokens);
    OutputDialect dialect = OutputDialects.of(traits);
    return new OutputFormat(dialect, dialect.reasoning(traits));
  }

  /// The name of the dialect of tool calls, for people: `hermes`, `harmony`.
  public String dialect() {
    return dialect.name();
  }

  /// How a call is written.
  public CallForm callForm() {
    return dialect.callForm();
  }

  /// How the text of an answer is written.
  public AnswerForm answerForm() {
    return dialect.answerForm();
  }

  /// The markers that a thought may stand between.
  public List<ReasoningMarkers> reasoning() {
    return reasoning;
  }

  /// Whether this prompt leaves a thought open.
  public boolean opensReasoning(String prompt) {
    return reasoning.stream().anyMatch(markers -> markers.openAtEnd(prompt));
  }

  /// A parser for one output.
  public OutputParser parser(OutputOptions options) {
    Mode home = dialect.home(reasoning, options);
    Machine machine = new Machine(options, dialect.idForm(), home);
    dialect.start(machine, reasoning);
    return new OutputParser(machine);
  }

  /// A parser for one output without calls whose text may hold what else would be markers, such as JSON that a grammar made
  /// sure of: thoughts are told apart only where they come first.
  public OutputParser parserOfVerbatimText(OutputOptions options) {
    if (!answerForm().plain()) {
      return parser(options);
    }
    List<Trigger> triggers = reasoning.stream().map(markers -> markers.trigger(true)).toList();
    Machine machine = new Machine(options, dialect.idForm(), new ProseMode(triggers, false));
    dialect.start(machine, reasoning);
    return new OutputParser(machine);
  }
}
