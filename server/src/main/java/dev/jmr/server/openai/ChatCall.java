package dev.jmr.server.openai;

import dev.jmr.model.chat.ChatInput;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.manager.ModelSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A request for an answer to a conversation, understood.
///
/// @param logprobs whether log probabilities are wanted
/// @param thoughts where they are shown
record ChatCall(
    TextRequest text, GenerationRequest generation, boolean logprobs, ThoughtForm thoughts) {
  private static final int MAX_TOKENS = 1 << 24;
  private static final int MAX_TOP_LOGPROBS = 20;

  /// Fields that mean something else than they say if they are passed over.
  private static final List<String> UNSUPPORTED =
      List.of("audio", "lora", "continue_final_message");

  /// @param settings of the model, for what the request does not say
  /// @throws ApiException 400 if a value makes no sense
  static ChatCall of(Fields fields, ModelSettings settings) {
    refuseUnsupported(fields);
    boolean logprobs = fields.bool("logprobs", false);
    OptionalInt top = fields.integer("top_logprobs", 0, MAX_TOP_LOGPROBS);
    if (top.orElse(0) > 0 && !logprobs) {
      throw ApiException.invalid(
          "top_logprobs", "top_logprobs: expected 'logprobs' to be true beside it, got false");
    }
    GenerationRequest generation =
        new GenerationRequest(
                new Prompt.Chat(conversation(fields)),
                SamplingFields.read(fields, settings.sampling()),
                maxTokens(fields),
                StopFields.read(fields),
                logprobs ? OptionalInt.of(top.orElse(0)) : OptionalInt.empty())
            .withRules(RuleFields.read(fields, settings));
    return new ChatCall(TextRequest.of(fields), generation, logprobs, ThoughtForm.read(fields));
  }

  /// The messages, tools and variables of the template.
  static ChatInput conversation(Fields fields) {
    Map<String, Object> variables = new LinkedHashMap<>();
    fields
        .object("chat_template_kwargs")
        .ifPresent(o -> variables.putAll(ToolFields.plain(o.node())));
    return new ChatInput(
        MessageFields.read(fields),
        ToolFields.read(fields),
        variables,
        fields.bool("add_generation_prompt", true));
  }

  private static void refuseUnsupported(Fields fields) {
    for (String name : UNSUPPORTED) {
      fields
          .value(name)
          .filter(value -> !value.isBoolean() || value.booleanValue())
          .filter(value -> !value.isArray() || !value.isEmpty())
          .ifPresent(_ -> {
            throw ApiException.unsupported(
                name, name + ": expected it to be left out, as it is not supported, got a value");
          });
    }
    for (var modality : fields.list("modalities", 10).orElse(List.of())) {
      if (!modality.asText().equals("text")) {
        throw ApiException.unsupported(
            "modalities", "modalities: expected text, got " + modality.asText());
      }
    }
  }

  /// 0 = until the context is full.
  static int maxTokens(Fields fields) {
    for (String name : List.of("max_completion_tokens", "max_tokens", "n_predict")) {
      OptionalInt value = fields.integer(name, -1, MAX_TOKENS);
      if (value.isPresent()) {
        if (value.getAsInt() == 0) {
          throw ApiException.invalid(name, name + ": expected at least 1, got 0");
        }
        return Math.max(0, value.getAsInt());
      }
    }
    return 0;
  }
}
