package dev.jmr.runtime.local;

import dev.jmr.model.TestModels;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.PlainJson;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Tiny models with random weights that chat by a template of a dialect.
final class ChatFixture {
  private static final String TURNS =
      "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if tools %}Tools: {{ tools | tojson }}\n{% endif %}<|im_start|>assistant\n";

  private ChatFixture() {}

  /// A template whose source speaks of these markers, and whose prompts end with `opened`.
  static String template(String markers, String opened) {
    return "{#" + markers + "#}" + TURNS + opened;
  }

  /// What Qwen 3 chats by, more or less.
  static String thinking() {
    return template("<tool_call>", "{% if enable_thinking is not false %}<think>\n{% endif %}");
  }

  static Engine load(String template) {
    return new LocalEngineProvider()
        .load(
            new ModelArtifact(TestModels.path("tiny-qwen3")),
            EngineFixture.OPTIONS.withContextLength(2048).withChatTemplate(template));
  }

  static Tool tool(String name, String parameters, boolean strict) {
    return new Tool(name, parameters, strict);
  }

  /// A tool with the JSON text of its parameters.
  record Tool(String name, String parameters, boolean strict) {
    private Map<String, Object> definition() {
      Map<String, Object> function =
          Map.of(
              "name",
              name,
              "strict",
              strict,
              "parameters",
              PlainJson.read(parameters).orElseThrow());
      return Map.of("type", "function", "function", function);
    }
  }

  /// Asks for an answer of at most 400 tokens.
  static Story ask(Engine engine, AnswerRules rules, long seed, Tool... tools)
      throws InterruptedException {
    ChatInput input =
        new ChatInput(
            List.of(new ChatMessage(ChatMessage.Role.USER, "Weather?")),
            Arrays.stream(tools).map(Tool::definition).toList(),
            Map.of(),
            true);
    return Story.of(engine.submit(request(new Prompt.Chat(input), 400, seed).withRules(rules)));
  }

  static GenerationRequest request(Prompt prompt, int maxTokens, long seed) {
    return new GenerationRequest(
        prompt, SamplingParameters.defaults().withTemperature(1).withSeed(seed), maxTokens);
  }
}
