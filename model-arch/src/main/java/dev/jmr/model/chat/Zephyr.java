package dev.jmr.model.chat;

import java.util.Optional;

/// Zephyr and TinyLlama: turns of `<|role|>` that end with `</s>`. The template's own line ends are part of the format.
final class Zephyr {
  private Zephyr() {}

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().equals("\n\n\n\n")
            && template.has(
                "{%if message.role=='user'%}{{'<|user|>\n'+message.content+eos_token}}",
                "{%elif message.role=='system'%}{{'<|system|>\n'+message.content+eos_token}}",
                "{%elif message.role=='assistant'%}{{'<|assistant|>\n'+message.content+eos_token}}{%endif%}",
                "{%if loop.last and add_generation_prompt%}{{'<|assistant|>'}}{%endif%}{%endfor%}");
    return claimed ? Optional.of(Turns.of("zephyr", "<|", "|>\n", "</s>\n")) : Optional.empty();
  }
}
