package dev.jmr.model.chat;

import java.util.Optional;

/// Phi-3 (the templates of mid-2024): turns of `<|role|>`, and end-of-text where no answer is asked for.
final class Phi3 {
  private Phi3() {}

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "{%if message.role=='system'%}{{'<|system|>\n'+message.content+'<|end|>\n'}}",
                "{%elif message.role=='user'%}{{'<|user|>\n'+message.content+'<|end|>\n'}}",
                "{%elif message.role=='assistant'%}{{'<|assistant|>\n'+message.content+'<|end|>\n'}}",
                "{%if add_generation_prompt%}{{'<|assistant|>\n'}}{%else%}{{eos_token}}{%endif%}")
            && !template.hasAny("think", "tool");
    return claimed
        ? Optional.of(Turns.of("phi3", "<|", "|>\n", "<|end|>\n").withEnding("<|endoftext|>"))
        : Optional.empty();
  }
}
