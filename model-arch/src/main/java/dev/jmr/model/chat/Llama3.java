package dev.jmr.model.chat;

import java.util.Optional;

/// Llama 3, before 3.1: every message is a turn, trimmed.
final class Llama3 {
  private Llama3() {}

  static Turns turns(String name) {
    return Turns.of(name, "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>").trimming();
  }

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "{%set content='<|start_header_id|>'+message.role+'<|end_header_id|>\n\n'+message.content|trim+'<|eot_id|>'%}",
                "{%if loop.index0==0%}{%set content=bos_token+content%}{%endif%}{{content}}{%endfor%}",
                "{%if add_generation_prompt%}{{'<|start_header_id|>assistant<|end_header_id|>\n\n'}}{%endif%}")
            && !template.hasAny("system", "tools", "think");
    return claimed ? Optional.of(turns("llama3")) : Optional.empty();
  }
}
