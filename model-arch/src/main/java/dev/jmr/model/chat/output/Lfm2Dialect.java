package dev.jmr.model.chat.output;

import java.util.List;

/// LFM2: `<|tool_call_start|>[name(key="value")]<|tool_call_end|>`, or JSON there if the system prompt asks for it.
final class Lfm2Dialect implements OutputDialect {
  private static final String OPEN = "<|tool_call_start|>";
  private static final String CLOSE = "<|tool_call_end|>";

  @Override
  public String name() {
    return "lfm2";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<|tool_list_start|>")
        || traits.has(OPEN)
        || traits.hasToken(OPEN)
        || traits.has("keep_past_thinking", "List of tools: [");
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of(OPEN),
        OPEN + "[",
        List.of(
            CallForm.name(),
            CallForm.literal("("),
            new CallForm.Part.Arguments(new CallForm.ArgumentsForm.Python()),
            CallForm.literal(")")),
        ", ",
        "]" + CLOSE,
        true);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            OPEN,
            ChoiceMode.entry(
                JsonBlockMode.entry(JsonBlockMode.Shape.closedBy(CLOSE)),
                LiteralCallMode.entry(LiteralCallMode.Shape.python(true, CLOSE)))));
  }
}
