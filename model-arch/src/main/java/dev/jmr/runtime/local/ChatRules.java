package dev.jmr.runtime.local;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.constraint.ToolDefinition;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Reasoning;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.ToolChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the rules of an answer mean for the conversation that is shown to the model.
final class ChatRules {
  private ChatRules() {}

  /// The conversation as the template is to get it: with the variables for reasoning, of which those of the caller win, and
  /// without tools that may not be called.
  ///
  /// @throws RequestException if a tool must be called and there is none
  static ChatInput applied(ChatInput input, AnswerRules rules) {
    boolean none = rules.toolChoice() instanceof ToolChoice.None;
    boolean must =
        rules.toolChoice() instanceof ToolChoice.Required
            || rules.toolChoice() instanceof ToolChoice.Named;
    if (must && input.tools().isEmpty()) {
      throw new RequestException(
          "tool choice: expected tools among which to choose, got none; offer some, or leave the choice out");
    }
    Map<String, Object> kwargs = reasoning(rules.reasoning());
    kwargs.putAll(input.kwargs());
    return new ChatInput(
        input.messages(), none ? List.of() : input.tools(), kwargs, input.addGenerationPrompt());
  }

  /// Under the names that templates have for it.
  private static Map<String, Object> reasoning(Reasoning reasoning) {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    if (reasoning.mode() != Reasoning.Mode.DEFAULT) {
      boolean on = reasoning.mode() == Reasoning.Mode.ON;
      kwargs.put("enable_thinking", on);
      kwargs.put("thinking", on);
    }
    reasoning.effort().ifPresent(effort -> kwargs.put("reasoning_effort", effort));
    reasoning.budget().ifPresent(budget -> kwargs.put("thinking_budget", budget));
    return kwargs;
  }

  /// The tools of a conversation.
  ///
  /// @throws RequestException if a definition makes no sense, or two have one name
  static List<ToolDefinition> tools(ChatInput input) {
    try {
      List<ToolDefinition> tools = input.tools().stream().map(ToolDefinition::of).toList();
      if (tools.stream().map(ToolDefinition::name).distinct().count() < tools.size()) {
        throw new RequestException("tools: expected each name once, got one twice");
      }
      return tools;
    } catch (GrammarException e) {
      throw new RequestException("tools: " + e.getMessage(), e);
    }
  }
}
