package dev.jmr.runtime.local;

import static dev.jmr.runtime.local.EngineFixture.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptEncoderTest {
  private static final String TEXT = "The answer of the model is 42, and café 🙂 words are fast!";
  private static final EngineDescription DESCRIPTION =
      new EngineDescription(
          "m",
          "llama",
          new Capabilities(Set.of(Task.GENERATE), 64, Pooling.NONE),
          128,
          512,
          1,
          1,
          1,
          "reference",
          Optional.empty(),
          List.of());

  private final Model model = Model.open(EngineFixture.artifact().file());
  private final PromptEncoder encoder = new PromptEncoder(model, Optional.empty(), DESCRIPTION);

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void addsTheTokensThatTheModelWantsAroundAText() {
    assertThat(encoder.encode(new Prompt.Text(TEXT, true))).containsExactly(GOLDEN.promptIds());
  }

  @Test
  void aTextThatBeginsWithBosGetsNoSecondOne() {
    String bos = model.tokenizer().tokenText(model.tokenizer().specialTokens().bos().orElseThrow());

    int[] ids = encoder.encode(new Prompt.Text(bos + TEXT, true));

    assertThat(ids[0]).isEqualTo(1);
    assertThat(ids[1]).isNotEqualTo(1);
  }

  @Test
  void checksTokenIds() {
    assertThatThrownBy(() -> encoder.encode(new Prompt.Tokens(new int[] {1, 384})))
        .isInstanceOf(EngineException.class)
        .hasMessage("token id: expected 0 to 383, got 384");
    assertThatThrownBy(() -> encoder.encode(new Prompt.Tokens(new int[] {-1})))
        .isInstanceOf(EngineException.class);
    assertThatThrownBy(() -> encoder.encode(new Prompt.Tokens(new int[0])))
        .hasMessage("prompt: expected at least one token, got none");
  }

  @Test
  void saysThatTextWorksWhereThereIsNoTemplate() {
    Prompt chat = new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, "hello")));

    assertThatThrownBy(() -> encoder.encode(chat))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "chat template: expected one in the model's file, got none; text completion works, and a template may be given");
  }

  @Test
  void rendersConversationsThroughTheTemplateOfTheFile(@TempDir Path folder) {
    String template =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content']"
            + " + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}"
            + "{{ '<|im_start|>assistant\\n' }}{% endif %}";
    Path file = folder.resolve("chat.gguf");
    GgufWriter writer = new GgufWriter().putAll(model.gguf().metadata());
    model.gguf().tensors().forEach(writer::tensor);
    writer.put("tokenizer.chat_template", new GgufValue.Text(template)).write(file);
    try (Model chatModel = Model.open(file)) {
      PromptEncoder chatEncoder = new PromptEncoder(chatModel, Optional.empty(), DESCRIPTION);
      Prompt chat = new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, "hello")));
      String text = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n";

      assertThat(chatEncoder.encode(chat))
          .containsExactly(encoder.encode(new Prompt.Text(text, true)));
      assertThatThrownBy(() -> chatEncoder.encode(new Prompt.Chat(List.of())))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("chat: expected at least one message");
    }
  }
}
