package dev.jmr.model.chat.output;

import java.util.List;

/// Llama 3.1 to 3.3: the answer is `{"name": …, "parameters": …}` and nothing else; or `<|python_tag|>` and a call of a built-in tool,
/// JSON or code; or `<function=NAME>{…}</function>`. Llama 3.2's small models and Llama 4 also write lists of calls in Python.
final class Llama3Dialect implements OutputDialect {
  @Override
  public String name() {
    return "llama3";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<|python_tag|>") || traits.has("ipython", "\"parameters\"");
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of("{\"name\": \"", "<|python_tag|>"),
        "",
        CallForm.json("name", "parameters"),
        "; ",
        "",
        false);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(
            "<|python_tag|>", (machine, opening) -> machine.enter(new PythonTagMode(opening))),
        Trigger.call("<|python_start|>", GenericDialect.unmarked("<|python_end|>")),
        Functionary31Dialect.FUNCTION,
        Trigger.unmarkedCall("{", GenericDialect.unmarked()),
        Trigger.unmarkedCall("[", GenericDialect.unmarked()));
  }
}
