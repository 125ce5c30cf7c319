package dev.jmr.model.chat;

import java.util.List;
import java.util.Optional;

/// The formats that are known by heart, recognised from the text of a template (`tokenizer.chat_template`).
public final class ChatFormats {
  /// Each claims a template or not, in any order: none is claimed by two.
  static final List<Family> ALL =
      List.of(
          ChatMl::of,
          Qwen3::of,
          Llama3::of,
          Llama31::of,
          Gemma::of,
          MistralNemo::of,
          Phi3::of,
          Zephyr::of,
          DeepSeekR1Distill::of);

  private ChatFormats() {}

  /// Says whether a template is of one family, and with which variations.
  interface Family {
    Optional<ChatFormat> of(TemplateText template);
  }

  /// The format that renders exactly what this template does for messages without tools; empty if none is known to.
  public static Optional<ChatFormat> recognise(String template) {
    TemplateText text = TemplateText.of(template);
    return ALL.stream().map(family -> family.of(text)).flatMap(Optional::stream).findFirst();
  }
}
