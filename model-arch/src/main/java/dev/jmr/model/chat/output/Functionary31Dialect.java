package dev.jmr.model.chat.output;

import java.util.List;

/// Functionary v3.1: `<function=NAME>{…}</function>`, and `<|python_tag|>` before bare code.
final class Functionary31Dialect implements OutputDialect {
  static final Trigger FUNCTION =
      Trigger.call("<function=", NamedCallMode.entry(NamedShape.of(">", "</function>")));

  @Override
  public String name() {
    return "functionary-v3.1";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<function=", "</function>") && !traits.has("<parameter=");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        "<function=",
        "<function=",
        List.of(CallForm.name(), CallForm.literal(">"), CallForm.json()),
        "</function>",
        "");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        FUNCTION,
        Trigger.call(
            "<|python_tag|>",
            (machine, opening) -> machine.enter(new CodeMode(machine, "python", List.of()))));
  }
}
