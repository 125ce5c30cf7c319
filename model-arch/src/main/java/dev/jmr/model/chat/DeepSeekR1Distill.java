package dev.jmr.model.chat;

import java.util.List;
import java.util.Optional;

/// DeepSeek-R1's distillations into Llama and Qwen: earlier answers lose their thoughts, the next one begins with them.
record DeepSeekR1Distill() implements ChatFormat {
  private static final String EOS = "<｜end▁of▁sentence｜>";

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "{%if message.role=='system'%}{%set ns.system_prompt=message.content%}{%endif%}{%endfor%}{{bos_token}}{{ns.system_prompt}}",
                "{{'<｜User｜>'+message.content}}",
                "{%set content=content.split('</think>')[-1]%}{%endif%}{{'<｜Assistant｜>'+content+'<｜end▁of▁sentence｜>'}}",
                "{%if add_generation_prompt and not ns.is_tool%}{{'<｜Assistant｜><think>\n'}}{%endif%}");
    return claimed ? Optional.of(new DeepSeekR1Distill()) : Optional.empty();
  }

  @Override
  public String name() {
    return "deepseek-r1-distill";
  }

  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    Conversations.first(messages);
    String system = "";
    StringBuilder turns = new StringBuilder();
    for (ChatMessage message : messages) {
      String content = message.content();
      switch (message.role()) {
        case SYSTEM -> system = content;
        case USER -> turns.append("<｜User｜>").append(content);
        case ASSISTANT ->
            turns
                .append("<｜Assistant｜>")
                .append(PythonStrings.afterLast(content, "</think>"))
                .append(EOS);
      }
    }
    return system + turns + (addGenerationPrompt ? "<｜Assistant｜><think>\n" : "");
  }
}
