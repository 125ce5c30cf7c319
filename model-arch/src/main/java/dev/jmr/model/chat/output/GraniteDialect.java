package dev.jmr.model.chat.output;

import java.util.List;

/// Granite 3 and Phi-4-mini: `<|tool_call|>` and a list of objects; Granite 3.0 to 3.2 write `<tool_call>`.
final class GraniteDialect implements OutputDialect {
  private static final JsonBlockMode.Shape SHAPE =
      JsonBlockMode.Shape.closedBy("<|/tool_call|>", HermesDialect.CLOSE);

  @Override
  public String name() {
    return "granite";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<|tool_call|>") || traits.hasToken("<|tool_call|>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        "<|tool_call|>", "<|tool_call|>[", CallForm.json("name", "arguments"), "]");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call("<|tool_call|>", JsonBlockMode.entry(SHAPE)),
        Trigger.call(HermesDialect.OPEN, JsonBlockMode.entry(SHAPE)),
        Trigger.dropped("<response>"),
        Trigger.dropped("</response>"));
  }
}
