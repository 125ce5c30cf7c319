package dev.jmr.model.chat.output;

import java.util.List;

/// Command R7B and A: `<|START_ACTION|>[{"tool_call_id": "0", "tool_name": …, "parameters": …}]<|END_ACTION|>`.
///
/// Its ids count from 0 in each answer, so that they are not taken over.
final class CommandR7bDialect implements OutputDialect {
  @Override
  public String name() {
    return "command-r7b";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<|START_ACTION|>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        "<|START_ACTION|>",
        "<|START_ACTION|>[\n    ",
        List.of(
            CallForm.literal("{\"tool_call_id\": \""),
            new CallForm.Part.CallNumber(),
            CallForm.literal("\", \"tool_name\": \""),
            CallForm.name(),
            CallForm.literal("\", \"parameters\": "),
            CallForm.json(),
            CallForm.literal("}")),
        "\n]<|END_ACTION|>");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            "<|START_ACTION|>",
            JsonBlockMode.entry(JsonBlockMode.Shape.closedBy("<|END_ACTION|>"))),
        Trigger.dropped("<|START_RESPONSE|>"),
        Trigger.dropped("<|END_RESPONSE|>"));
  }
}
