package dev.jmr.model.chat.output;

import java.util.List;

/// Apertus: `<|tools_prefix|>[{"NAME": {…}}]<|tools_suffix|>`.
final class ApertusDialect implements OutputDialect {
  private static final String OPEN = "<|tools_prefix|>";
  private static final String CLOSE = "<|tools_suffix|>";

  @Override
  public String name() {
    return "apertus";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(OPEN);
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        OPEN,
        OPEN + "[",
        List.of(
            CallForm.literal("{\""),
            CallForm.name(),
            CallForm.literal("\": "),
            CallForm.json(),
            CallForm.literal("}")),
        "]" + CLOSE);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            OPEN,
            JsonBlockMode.entry(JsonBlockMode.Shape.closedBy(CLOSE).keyed(JsonCallKeys.KEYED))));
  }
}
