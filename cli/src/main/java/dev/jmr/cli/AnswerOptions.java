package dev.jmr.cli;

import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that say what an answer must be: its form, calls of tools, thoughts.
final class AnswerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Answer with an object of JSON.")
  private boolean json;

  @Option(
      names = "--json-schema",
      paramLabel = "FILE|TEXT",
      description = "Answer with JSON that satisfies a schema.")
  private @Nullable String jsonSchema;

  @Option(
      names = "--grammar",
      paramLabel = "FILE",
      description = "Answer with a text of a grammar (GBNF).")
  private @Nullable String grammar;

  @Option(
      names = "--regex",
      paramLabel = "PATTERN",
      description = "Answer with a text that matches as a whole.")
  private @Nullable String regex;

  @Option(
      names = "--choice",
      paramLabel = "A,B",
      split = ",",
      description = "Answer with one of these texts.")
  private @Nullable List<String> choice;

  @Option(
      names = "--tools",
      paramLabel = "FILE",
      description =
          "Tools that the model may call, as JSON: OpenAI's list, or the body of a request. A call is written as a line of JSON.")
  private @Nullable String tools;

  @Option(
      names = "--tool-choice",
      paramLabel = "CHOICE",
      description = "auto, none, required, or the name of the tool to call (default: auto).")
  private String toolChoice = "auto";

  @Option(names = "--no-parallel-tool-calls", description = "End the answer with the first call.")
  private boolean oneCall;

  @Option(
      names = "--reasoning",
      paramLabel = "HOW",
      description = "on, off, minimal, low, medium, high or xhigh (default: as the model does).")
  private @Nullable String reasoning;

  @Option(names = "--think", negatable = true, description = "The same as --reasoning on, or off.")
  private @Nullable Boolean think;

  @Option(
      names = "--reasoning-budget",
      paramLabel = "N",
      description = "Tokens of thoughts at most.")
  private @Nullable Integer reasoningBudget;

  /// @throws ParameterException if options contradict each other, or one has no such value
  AnswerRules rules() {
    return new AnswerRules(format(), toolChoice(), !oneCall, reasoning());
  }

  /// The tools that are offered.
  ///
  /// @throws CliException if the file is none, or holds no list of tools
  List<Map<String, Object>> tools() {
    return tools == null ? List.of() : ChatJson.tools(TextFile.read(tools));
  }

  private AnswerFormat format() {
    List<AnswerFormat> formats = new ArrayList<>();
    if (json) {
      formats.add(new AnswerFormat.JsonObject());
    }
    if (jsonSchema != null) {
      formats.add(new AnswerFormat.Schema(schema(jsonSchema)));
    }
    if (grammar != null) {
      formats.add(new AnswerFormat.Grammar(TextFile.read(grammar)));
    }
    if (regex != null) {
      formats.add(new AnswerFormat.Regex(regex));
    }
    if (choice != null) {
      formats.add(new AnswerFormat.Choice(choice));
    }
    if (formats.size() > 1) {
      throw wrong(
          "expected one of --json, --json-schema, --grammar, --regex, --choice, got several");
    }
    return formats.isEmpty() ? AnswerFormat.FREE : formats.getFirst();
  }

  private static String schema(String fileOrText) {
    boolean text = fileOrText.stripLeading().startsWith("{") || fileOrText.equals("true");
    return text ? fileOrText : TextFile.read(fileOrText);
  }

  private ToolChoice toolChoice() {
    if (tools == null && !toolChoice.equals("auto") && !toolChoice.equals("none")) {
      throw wrong("--tool-choice: expected --tools to choose from, got none");
    }
    return switch (toolChoice) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> ToolChoice.NONE;
      case "required" -> ToolChoice.REQUIRED;
      default -> new ToolChoice.Named(toolChoice);
    };
  }

  private Reasoning reasoning() {
    try {
      Reasoning how = reasoning == null ? thinking() : Reasoning.parse(reasoning);
      if (think != null && think == (how.mode() == Reasoning.Mode.OFF)) {
        throw wrong("--think: expected the same as of --reasoning %s".formatted(reasoning));
      }
      return reasoningBudget == null ? how : how.withBudget(reasoningBudget);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private Reasoning thinking() {
    return think == null ? Reasoning.DEFAULT : think ? Reasoning.ON : Reasoning.OFF;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
