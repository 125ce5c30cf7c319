package dev.jmr.model.chat.output;

import java.util.List;

/// For models whose template says nothing of calls: the answer is an object with a tool's name and arguments, or a list of them, in JSON
/// or as calls in Python; or JSON stands in `<tool_call>`.
final class GenericDialect implements OutputDialect {
  /// Calls of known tools in JSON or Python; anything else is text.
  static Trigger.Entry unmarked(String... closes) {
    return ChoiceMode.entry(
        JsonBlockMode.entry(new JsonBlockMode.Shape(List.of(closes), JsonCallKeys.STANDARD, false)),
        LiteralCallMode.entry(LiteralCallMode.Shape.python(false, closes)));
  }

  @Override
  public String name() {
    return "generic";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return true;
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of("{\"name\": \"", HermesDialect.OPEN),
        "",
        CallForm.json("name", "arguments"),
        "\n",
        "",
        true);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            HermesDialect.OPEN,
            JsonBlockMode.entry(JsonBlockMode.Shape.closedBy(HermesDialect.CLOSE))),
        Trigger.unmarkedCall("{", unmarked()),
        Trigger.unmarkedCall("[", unmarked()));
  }
}
