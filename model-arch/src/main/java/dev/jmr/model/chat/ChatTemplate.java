package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.template.Template;
import dev.jmr.model.template.TemplateOptions;
import dev.jmr.model.template.error.RaisedException;
import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A model's chat template: turns a conversation into the text that the model was trained on. Immutable; rendered by any
/// number of threads at once.
///
/// Templates differ in what they take. One that refuses a system message gets it as the beginning of the first message of
/// the user; one that wants content in parts gets it in parts; one that wants a call's arguments as text gets text.
public final class ChatTemplate {
  private final String source;
  private final Template template;
  private final TemplateVariables variables;
  private final ControlTokenGuard guard;

  private ChatTemplate(String source, Template template, Tokenizer tokenizer) {
    this.source = source;
    this.template = template;
    this.variables =
        new TemplateVariables(
            text(tokenizer, tokenizer.specialTokens().bos()),
            text(tokenizer, tokenizer.specialTokens().eos()));
    this.guard = new ControlTokenGuard(tokenizer);
  }

  /// Compiles a template for a model with this tokenizer.
  ///
  /// @throws ChatTemplateException if it is not a template that we can run, with line and column
  public static ChatTemplate of(String source, Tokenizer tokenizer) {
    try {
      return new ChatTemplate(
          source, Template.compile(source, TemplateOptions.DEFAULTS), tokenizer);
    } catch (TemplateException e) {
      throw new ChatTemplateException("chat template: " + e.getMessage(), e);
    }
  }

  private static String text(Tokenizer tokenizer, OptionalInt token) {
    return token.isPresent() ? tokenizer.tokenText(token.getAsInt()) : "";
  }

  /// The Jinja text.
  public String source() {
    return source;
  }

  /// The prompt for a conversation. The text may begin with BOS, where the template writes it.
  ///
  /// @throws ChatTemplateException if the template refuses the conversation, in its own words, or fails
  public RenderedPrompt render(ChatInput input) {
    if (input.messages().isEmpty()) {
      throw new ChatTemplateException("chat: expected at least one message, got none");
    }
    try {
      return ControlTokenGuard.unmark(renderFitting(marked(input)));
    } catch (RaisedException e) {
      throw new ChatTemplateException("chat template: refuses the messages: " + e.getMessage(), e);
    } catch (TemplateException e) {
      throw new ChatTemplateException("chat template: " + e.getMessage(), e);
    }
  }

  /// What an assistant wrote may hold control tokens that the template looks for; what others wrote, and the definitions of
  /// tools, may not.
  private ChatInput marked(ChatInput input) {
    return new ChatInput(
        input.messages().stream().map(this::marked).toList(),
        input.tools().stream().map(guard::mark).toList(),
        guard.mark(input.kwargs()),
        input.addGenerationPrompt());
  }

  private ChatMessage marked(ChatMessage message) {
    return message.role() == Role.ASSISTANT
        ? message
        : new ChatMessage(
            message.role(),
            guard.mark(message.content()),
            message.reasoning().map(guard::mark),
            message.toolCalls(),
            message.toolCallId().map(guard::mark),
            message.name().map(guard::mark));
  }

  private String renderFitting(ChatInput input) {
    try {
      return renderWithArguments(input);
    } catch (RaisedException e) {
      Optional<ChatInput> folded = withoutSystem(input);
      if (folded.isEmpty()) {
        throw e;
      }
      return renderWithArguments(folded.get());
    }
  }

  private String renderWithArguments(ChatInput input) {
    boolean calls = input.messages().stream().anyMatch(m -> !m.toolCalls().isEmpty());
    if (!calls) {
      return renderWithContent(input, TemplateVariables.Arguments.OBJECT);
    }
    try {
      String text = renderWithContent(input, TemplateVariables.Arguments.OBJECT);
      if (TemplateVariables.showsArguments(text, input)) {
        return text;
      }
    } catch (RaisedException e) {
      throw e;
    } catch (TemplateException _) {
      // It wants text where it was given an object.
    }
    return renderWithContent(input, TemplateVariables.Arguments.TEXT);
  }

  private String renderWithContent(ChatInput input, TemplateVariables.Arguments arguments) {
    String text = run(input, arguments, TemplateVariables.Content.TEXT);
    return TemplateVariables.showsContent(text, input)
        ? text
        : inParts(input, arguments)
            .filter(p -> TemplateVariables.showsContent(p, input))
            .orElse(text);
  }

  private Optional<String> inParts(ChatInput input, TemplateVariables.Arguments arguments) {
    try {
      return Optional.of(run(input, arguments, TemplateVariables.Content.PARTS));
    } catch (TemplateException _) {
      return Optional.empty();
    }
  }

  private String run(
      ChatInput input, TemplateVariables.Arguments arguments, TemplateVariables.Content content) {
    return template.render(variables.of(input, arguments, content));
  }

  /// The conversation with its system messages at the head of what the user says first; empty if it has none.
  private static Optional<ChatInput> withoutSystem(ChatInput input) {
    StringBuilder system = new StringBuilder();
    List<ChatMessage> others = new ArrayList<>();
    for (ChatMessage message : input.messages()) {
      if (message.role() == Role.SYSTEM) {
        system.append(message.content()).append("\n\n");
      } else {
        others.add(message);
      }
    }
    if (system.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).role() == Role.USER) {
        others.set(i, others.get(i).withContent(system + others.get(i).content()));
        return Optional.of(input.withMessages(others));
      }
    }
    return Optional.empty();
  }
}
