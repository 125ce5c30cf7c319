package dev.jmr.model.chat.output;

import java.util.List;

/// Hermes, Qwen 1.5 to 3, Granite 4 and many more: `<tool_call>{"name": …, "arguments": …}</tool_call>`.
final class HermesDialect implements OutputDialect {
  static final String OPEN = "<tool_call>";
  static final String CLOSE = "</tool_call>";

  @Override
  public String name() {
    return "hermes";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<tool_call>") || traits.hasToken("<tool_call>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(OPEN, OPEN + "\n", CallForm.json("name", "arguments"), "\n" + CLOSE, "\n");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.call(OPEN, JsonBlockMode.entry(JsonBlockMode.Shape.closedBy(CLOSE))));
  }
}
