package dev.jmr.model.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/// ChatML: Qwen 1.5 to 2.5, SmolLM2, Hermes, OpenHermes, and many fine-tunings.
///
/// Some of these begin with a system prompt of their own when the conversation has none; it is read from the template.
final class ChatMl {
  private static final Pattern SYSTEM_TURN =
      Pattern.compile("'<\\|im_start\\|>system\n([^'{}<>=!+|\\\\]+)<\\|im_end\\|>\n'");

  private ChatMl() {}

  static Optional<ChatFormat> of(TemplateText template) {
    boolean plain =
        template.has("'<|im_start|>'+message.role+'\n'+message.content+'<|im_end|>'+'\n'")
            || template.has("'<|im_start|>'+message.role+'\n'+message.content+'<|im_end|>\n'");
    boolean more =
        !template.outside().isEmpty()
            || template.hasAny(
                "think",
                "trim",
                "strip",
                "macro",
                "namespace",
                "raise_exception",
                "strftime_now",
                "eos_token",
                "'<|im_start|>'+'");
    if (!plain || more || !template.has("{{'<|im_start|>assistant\n'}}{%endif%}")) {
      return Optional.empty();
    }
    Turns format = Turns.of("chatml", "<|im_start|>", "\n", "<|im_end|>\n");
    if (!template.has("<|im_start|>system")) {
      return Optional.of(format);
    }
    boolean onlyByDefault =
        template.has("messages[0].role!='system'")
            || template.has("{%if messages[0].role=='system'%}");
    return onlyByDefault
        ? template.onlyMatch(SYSTEM_TURN).map(format::withDefaultSystem)
        : Optional.empty();
  }
}
