package dev.jmr.model.chat.output;

import java.util.List;

/// Gemma 4: `<|tool_call>call:NAME{key:<|"|>value<|"|>}<tool_call|>`.
final class Gemma4Dialect implements OutputDialect {
  private static final String OPEN = "<|tool_call>";
  private static final String CLOSE = "<tool_call|>";
  private static final LiteralCallMode.Shape SHAPE =
      new LiteralCallMode.Shape(LiteralSyntax.GEMMA, "call:", "", '{', ':', List.of(CLOSE), true);

  @Override
  public String name() {
    return "gemma4";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(OPEN) || traits.hasToken(OPEN);
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        OPEN,
        OPEN + "call:",
        List.of(
            CallForm.name(),
            CallForm.literal("{"),
            new CallForm.Part.Arguments(new CallForm.ArgumentsForm.Gemma()),
            CallForm.literal("}")),
        CLOSE,
        "");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(OPEN, LiteralCallMode.entry(SHAPE)), Trigger.section("<|tool_response>"));
  }
}
