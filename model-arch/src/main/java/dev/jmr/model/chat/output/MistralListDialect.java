package dev.jmr.model.chat.output;

import java.util.List;

/// Mistral 7B v0.3 to Nemo and Small 3.1: `[TOOL_CALLS][{"name": …, "arguments": …}]`.
final class MistralListDialect implements OutputDialect {
  static final String OPEN = "[TOOL_CALLS]";

  /// Reads both of Mistral's forms: their first character tells them apart.
  static final Trigger CALLS =
      Trigger.call(
          OPEN,
          ChoiceMode.entry(
              JsonBlockMode.entry(JsonBlockMode.Shape.closedBy()),
              NamedCallMode.entry(NamedShape.of("[ARGS]").withId("[CALL_ID]"))));

  @Override
  public String name() {
    return "mistral";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(OPEN) || traits.hasToken(OPEN);
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(OPEN, OPEN + "[", CallForm.json("name", "arguments"), "]");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(CALLS);
  }

  @Override
  public IdForm idForm() {
    return IdForm.MISTRAL;
  }
}
