package dev.jmr.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The families on templates of the test's own, written in as many styles as real ones are.
class ChatFormatsTest {
  private static final ChatMessage SYSTEM = new ChatMessage(Role.SYSTEM, "Be brief.");
  private static final ChatMessage USER = new ChatMessage(Role.USER, " Hi\n");
  private static final ChatMessage ASSISTANT = new ChatMessage(Role.ASSISTANT, "Hello!");

  private static final String CHATML =
      """
      {%- for message in messages %}
          {{- "<|im_start|>" + message.role + "\\n" + message.content + "<|im_end|>\\n" }}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  private static String render(String template, ChatMessage... messages) {
    return ChatFormats.recognise(template).orElseThrow().render(List.of(messages), true);
  }

  private static Optional<String> name(String template) {
    return ChatFormats.recognise(template).map(ChatFormat::name);
  }

  @Test
  void chatMlKeepsContentsAsTheyAre() {
    assertThat(render(CHATML, SYSTEM, USER))
        .isEqualTo(
            """
            <|im_start|>system
            Be brief.<|im_end|>
            <|im_start|>user
             Hi
            <|im_end|>
            <|im_start|>assistant
            """);
    assertThat(ChatFormats.recognise(CHATML).orElseThrow().render(List.of(ASSISTANT), false))
        .isEqualTo("<|im_start|>assistant\nHello!<|im_end|>\n");
  }

  @Test
  void chatMlTakesTheDefaultSystemPromptFromTheTemplate() {
    String template =
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
            + "{{ '<|im_start|>system\nYou are kind.<|im_end|>\n' }}{% endif %}"
            + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    assertThat(render(template, USER))
        .isEqualTo(
            """
            <|im_start|>system
            You are kind.<|im_end|>
            <|im_start|>user
             Hi
            <|im_end|>
            <|im_start|>assistant
            """);
    assertThat(render(template, SYSTEM, USER))
        .startsWith("<|im_start|>system\nBe brief.<|im_end|>");
  }

  @Test
  void claimsNoTemplateThatDoesMore() {
    assertThat(name(CHATML)).hasValue("chatml");
    assertThat(name(CHATML.replace("message.content +", "message.content | trim +"))).isEmpty();
    assertThat(name(CHATML.replace("{%- if", "Answer now.{%- if"))).isEmpty();
    assertThat(name(CHATML.replace("assistant\\n'", "assistant\\n<think>\\n'"))).isEmpty();
    assertThat(name(CHATML.replace("{{- \"", "{{ \"").replace("}}\n{%- endfor", "}}\n{% endfor")))
        .as("writes a line end behind every message")
        .isEmpty();
    assertThat(name("{{- '<|im_start|>system\\nAlways this.<|im_end|>\\n' }}" + CHATML)).isEmpty();
    assertThat(name("{{- '<|im_start|>system\\nIt is ' + date + '<|im_end|>\\n' }}" + CHATML))
        .isEmpty();
  }

  @Test
  void claimsNothingOfWhatIsNoTemplate() {
    assertThat(name("")).isEmpty();
    assertThat(name("chatml")).isEmpty();
    assertThat(name("{% {{ {# }} -")).isEmpty();
    assertThat(name("{%-%}{{-}}")).isEmpty();
  }

  @Test
  void llama3Trims() {
    String template =
        "{% set loop_messages = messages %}{% for message in loop_messages %}"
            + "{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'"
            + "+ message['content'] | trim + '<|eot_id|>' %}"
            + "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}"
            + "{{ content }}{% endfor %}{% if add_generation_prompt %}"
            + "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

    assertThat(render(template, SYSTEM, USER))
        .isEqualTo(
            "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
  }

  @Test
  void gemma3PutsTheSystemsTextBeforeTheUsersFirst() {
    String template =
        """
        {{ bos_token }}
        {%- if messages[0]['role'] == 'system' -%}
          {%- set first_user_prefix = messages[0]['content'] + '\\n\\n' -%}
        {%- endif -%}
        {%- for message in messages -%}
          {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
            {{ raise_exception("Conversation roles must alternate user/assistant/user/assistant/...") }}
          {%- endif -%}
          {{ '<start_of_turn>' + role + '\\n' + (first_user_prefix if loop.first else "") }}
          {%- if message['content'] is string -%}
            {{ message['content'] | trim }}
          {%- endif -%}
          {{ '<end_of_turn>\\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}
          {{'<start_of_turn>model\\n'}}
        {%- endif -%}
        """;

    assertThat(render(template, SYSTEM, USER, ASSISTANT, USER))
        .isEqualTo(
            "<start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n<start_of_turn>model\nHello!"
                + "<end_of_turn>\n<start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n");
    assertThatExceptionOfType(ChatFormatException.class)
        .isThrownBy(() -> render(template, USER, USER))
        .withMessage("Conversation roles must alternate user/assistant/user/assistant/...");
  }

  @Test
  void zephyrWritesTheTemplatesOwnLineEnds() {
    String template =
        """
        {% for message in messages %}
        {% if message['role'] == 'user' %}
        {{ '<|user|>\\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'system' %}
        {{ '<|system|>\\n' + message['content'] + eos_token }}
        {% elif message['role'] == 'assistant' %}
        {{ '<|assistant|>\\n'  + message['content'] + eos_token }}
        {% endif %}
        {% if loop.last and add_generation_prompt %}
        {{ '<|assistant|>' }}
        {% endif %}
        {% endfor %}
        """;

    assertThat(render(template, SYSTEM, USER))
        .isEqualTo("<|system|>\nBe brief.</s>\n<|user|>\n Hi\n</s>\n<|assistant|>\n");
    assertThat(name(template.replace("}}\n", "}}"))).isEmpty();
  }

  @Test
  void phi3EndsTheTextWhereNoAnswerIsAskedFor() {
    String template =
        "{% for message in messages %}{% if message['role'] == 'system' %}"
            + "{{'<|system|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'user' %}"
            + "{{'<|user|>\n' + message['content'] + '<|end|>\n'}}{% elif message['role'] == 'assistant' %}"
            + "{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}";

    assertThat(render(template, USER)).isEqualTo("<|user|>\n Hi\n<|end|>\n<|assistant|>\n");
    assertThat(ChatFormats.recognise(template).orElseThrow().render(List.of(ASSISTANT), false))
        .isEqualTo("<|assistant|>\nHello!<|end|>\n<|endoftext|>");
  }

  @Test
  void stripsWhatPythonStrips() {
    assertThat(PythonStrings.strip("\u00a0\u0085\u2007\u3000 \t\u001fa b\u202f\n"))
        .isEqualTo("a b");
    assertThat(PythonStrings.strip("\u200ba\ufeff")).isEqualTo("\u200ba\ufeff");
    assertThat(PythonStrings.strip(" \n")).isEmpty();
  }

  @Test
  void rejectsAConversationWithoutMessages() {
    assertThatExceptionOfType(ChatFormatException.class)
        .isThrownBy(() -> render(CHATML))
        .withMessage("messages: expected at least one, got none");
  }
}
