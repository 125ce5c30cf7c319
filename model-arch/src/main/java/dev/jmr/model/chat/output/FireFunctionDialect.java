package dev.jmr.model.chat.output;

import java.util.List;

/// FireFunction v2: `functools[{"name": …, "arguments": …}]`.
final class FireFunctionDialect implements OutputDialect {
  private static final String OPEN = "functools[";

  @Override
  public String name() {
    return "firefunction-v2";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(OPEN);
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(OPEN, OPEN, CallForm.json("name", "arguments"), "]");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.call(OPEN, JsonBlockMode.list(JsonBlockMode.Shape.unmarked())));
  }
}
