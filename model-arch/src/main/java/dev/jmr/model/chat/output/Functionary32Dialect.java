package dev.jmr.model.chat.output;

import java.util.List;

/// Functionary v3.2: `>>>NAME` and the arguments on the lines below; `>>>all` before text. The prompt ends with the first `>>>`.
final class Functionary32Dialect implements OutputDialect {
  private static final String OPEN = ">>>";
  private static final NamedShape SHAPE =
      NamedShape.of("\n").ofKnownTools().withCode("python", List.of(OPEN));

  @Override
  public String name() {
    return "functionary-v3.2";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(">>>all");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
            OPEN, OPEN, List.of(CallForm.name(), CallForm.literal("\n"), CallForm.json()), "", "")
        .behindOpenPrompt();
  }

  @Override
  public AnswerForm answerForm() {
    return new AnswerForm("", "all\n", "");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        new Trigger(
            OPEN,
            false,
            true,
            false,
            (machine, opening) -> machine.enter(new RecipientMode(SHAPE, opening))));
  }

  @Override
  public void start(Machine machine, List<ReasoningMarkers> reasoning) {
    if (machine.options.prompt().endsWith(OPEN)) {
      machine.enter(new RecipientMode(SHAPE, ""));
    }
  }
}
