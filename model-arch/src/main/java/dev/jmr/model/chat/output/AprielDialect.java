package dev.jmr.model.chat.output;

import java.util.List;

/// Apriel 1.5 and 1.6: `<tool_calls>[{"name": …, "arguments": …}]</tool_calls>`. Reads MiniMax M1 too, which writes the objects on lines
/// of their own, without a list.
final class AprielDialect implements OutputDialect {
  @Override
  public String name() {
    return "apriel";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<tool_calls>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        "<tool_calls>", "<tool_calls>[", CallForm.json("name", "arguments"), "]</tool_calls>");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            "<tool_calls>", JsonBlockMode.entry(JsonBlockMode.Shape.closedBy("</tool_calls>"))),
        Trigger.dropped("[BEGIN FINAL RESPONSE]"),
        Trigger.dropped("[END FINAL RESPONSE]"));
  }
}
