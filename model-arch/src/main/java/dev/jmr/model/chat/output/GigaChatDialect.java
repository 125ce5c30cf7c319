package dev.jmr.model.chat.output;

import java.util.List;

/// GigaChat 3: `<|function_call|>{"name": …, "arguments": …}`, one call at a time.
final class GigaChatDialect implements OutputDialect {
  private static final String OPEN = "<|function_call|>";

  @Override
  public String name() {
    return "gigachat";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(OPEN);
  }

  @Override
  public CallForm callForm() {
    return new CallForm(List.of(OPEN), OPEN, CallForm.json("name", "arguments"), "", "", false);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(OPEN, JsonBlockMode.entry(JsonBlockMode.Shape.closedBy("<|message_sep|>"))));
  }
}
