package dev.jmr.model.chat.output;

import java.util.List;

/// Mistral Small 3.2, Magistral, Devstral, Ministral 3: `[TOOL_CALLS]NAME[ARGS]{…}`, some with `[CALL_ID]` and an id before `[ARGS]`.
final class MistralNamedDialect implements OutputDialect {
  private final String name;
  private final boolean withId;

  MistralNamedDialect(String name, boolean withId) {
    this.name = name;
    this.withId = withId;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(MistralListDialect.OPEN, "[ARGS]") && (!withId || traits.has("[CALL_ID]"));
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        MistralListDialect.OPEN,
        MistralListDialect.OPEN,
        withId
            ? List.of(
                CallForm.name(),
                CallForm.literal("[CALL_ID]"),
                new CallForm.Part.Id(IdForm.MISTRAL.length()),
                CallForm.literal("[ARGS]"),
                CallForm.json())
            : List.of(CallForm.name(), CallForm.literal("[ARGS]"), CallForm.json()),
        "",
        "");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(MistralListDialect.CALLS);
  }

  @Override
  public IdForm idForm() {
    return IdForm.MISTRAL;
  }
}
