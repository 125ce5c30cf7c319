package dev.jmr.runtime.local;

import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatTemplate;
import dev.jmr.model.chat.ChatTemplateException;
import dev.jmr.model.chat.ChatTemplates;
import dev.jmr.model.chat.RenderedPrompt;
import dev.jmr.model.chat.constraint.MarkerText;
import dev.jmr.model.chat.constraint.ToolDefinition;
import dev.jmr.model.chat.output.OutputFormat;
import dev.jmr.model.chat.output.OutputOptions;
import dev.jmr.model.chat.output.OutputParser;
import dev.jmr.model.chat.output.ToolSignature;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.RequestException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Turns prompts into token ids that the engine can run. Used by the threads that submit requests.
final class PromptEncoder {
  private final Tokenizer tokenizer;
  private final Optional<String> templateSource;
  private final AnswerPlanner planner;
  private volatile @Nullable ChatTemplate chatTemplate;
  private volatile @Nullable OutputFormat outputFormat;
  private final PromptFit fit;

  /// @param givenTemplate stands in for the model's own
  PromptEncoder(Model model, Optional<String> givenTemplate, EngineDescription description) {
    tokenizer = model.tokenizer();
    planner = new AnswerPlanner(tokenizer);
    templateSource = ChatTemplates.choose(model, givenTemplate).map(ChatTemplates.Choice::source);
    fit = new PromptFit(description.contextLength(), description.trainedContextLength());
  }

  /// A prompt for the engine.
  ///
  /// @param ids at least one, and at least one fewer than the context holds
  /// @param dropped tokens that were left out
  /// @param plan what holds the answer to the rules
  /// @param parser reads the answer to a conversation
  record Encoded(int[] ids, int dropped, AnswerPlan plan, Optional<OutputParser> parser) {}

  /// The prompt as token ids, and what its answer is held to and read by.
  ///
  /// @throws RequestException as [#encode], or if the rules cannot be held to
  Encoded prepare(GenerationRequest request) {
    return request.prompt() instanceof Prompt.Chat chat
        ? prepare(chat.input(), request)
        : fitted(
            encodeAll(request.prompt()),
            request,
            planner.ofText(request.rules().format()),
            Optional.empty());
  }

  private Encoded prepare(ChatInput asked, GenerationRequest request) {
    AnswerRules rules = request.rules();
    ChatInput input = ChatRules.applied(asked, rules);
    List<ToolDefinition> tools = ChatRules.tools(input);
    RenderedPrompt rendered = render(input);
    int[] ids = encode(rendered);
    AnswerPlan plan =
        planner.ofChat(rules, tools, outputFormat(), templateSource.orElse(""), rendered.text());
    List<ToolSignature> signatures =
        tools.stream().map(tool -> ToolSignature.of(tool.name(), tool.parameters())).toList();
    OutputOptions options = OutputOptions.of(signatures, rendered.text());
    boolean verbatim = tools.isEmpty() && plan.grammar().isPresent();
    return fitted(
        ids,
        request,
        plan,
        Optional.of(
            verbatim
                ? outputFormat().parserOfVerbatimText(options)
                : outputFormat().parser(options)));
  }

  private Encoded fitted(
      int[] all, GenerationRequest request, AnswerPlan plan, Optional<OutputParser> parser) {
    boolean begins = all.length > 0 && all[0] == tokenizer.specialTokens().bos().orElse(-1);
    int[] ids = fit.cut(all, request.limits().overflow(), request.maxTokens(), begins ? 1 : 0);
    return new Encoded(ids, all.length - ids.length, plan, parser);
  }

  /// The ids of the prompt: at least one, and at least one fewer than the context holds.
  ///
  /// @throws RequestException if there is no such token, if they are too many or none, or if the model has no
  ///     chat template or its template refuses the conversation
  int[] encode(Prompt prompt) {
    return fit.whole(encodeAll(prompt));
  }

  private int[] encodeAll(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> encode(text.text(), text.parseSpecial(), new BitSet());
      case Prompt.Tokens tokens -> checked(tokens.ids());
      case Prompt.Chat chat -> encode(render(chat.input()));
    };
  }

  /// The text's tokens with those that the model wants around it, where a BOS that the text begins with counts.
  private int[] encode(String text, boolean parseSpecial, BitSet literal) {
    int[] ids = tokenizer.encode(text, new EncodeOptions(true, parseSpecial), literal);
    OptionalInt bos = tokenizer.specialTokens().bos();
    boolean twice =
        bos.isPresent()
            && ids.length > 1
            && ids[0] == bos.getAsInt()
            && ids[1] == bos.getAsInt()
            && tokenizer.specialTokens().addBos();
    return twice ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
  }

  private int[] encode(RenderedPrompt prompt) {
    return encode(prompt.text(), true, prompt.literal());
  }

  private int[] checked(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.vocabularySize()) {
        throw new RequestException(
            "token id: expected 0 to %d, got %d".formatted(tokenizer.vocabularySize() - 1, id));
      }
    }
    return ids.clone();
  }

  private RenderedPrompt render(ChatInput input) {
    try {
      return template().render(input);
    } catch (ChatTemplateException e) {
      throw new RequestException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Compiled when the first conversation comes: a template that cannot be run keeps nobody from completing text.
  private ChatTemplate template() {
    ChatTemplate compiled = chatTemplate;
    if (compiled == null) {
      String source =
          templateSource.orElseThrow(() ->
              new RequestException(
                  "chat template: expected one in the model's file, got none; text completion works, and a template may be given"));
      compiled = ChatTemplate.of(source, tokenizer);
      chatTemplate = compiled;
    }
    return compiled;
  }

  private OutputFormat outputFormat() {
    OutputFormat known = outputFormat;
    if (known == null) {
      known = OutputFormat.of(templateSource.orElse(""), MarkerText.controlTokens(tokenizer));
      outputFormat = known;
    }
    return known;
  }
}
