package dev.jmr.model.chat.output;

import java.util.List;

/// Nemotron Nano v2 and Llama-Nemotron: `<TOOLCALL>[{"name": …, "arguments": …}]</TOOLCALL>`.
final class NemotronDialect implements OutputDialect {
  @Override
  public String name() {
    return "nemotron";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<TOOLCALL>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        "<TOOLCALL>", "<TOOLCALL>[", CallForm.json("name", "arguments"), "]</TOOLCALL>");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            "<TOOLCALL>", JsonBlockMode.entry(JsonBlockMode.Shape.closedBy("</TOOLCALL>"))));
  }
}
