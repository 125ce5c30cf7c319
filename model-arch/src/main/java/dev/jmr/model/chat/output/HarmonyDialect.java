package dev.jmr.model.chat.output;

import java.util.List;

/// gpt-oss: messages in channels. `<|channel|>analysis<|message|>…<|end|>` is thought, `final` the answer, and a header with
/// `to=functions.NAME` a call, which `<|call|>` ends.
final class HarmonyDialect implements OutputDialect {
  @Override
  public String name() {
    return "harmony";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<|start|>", "<|channel|>", "<|message|>");
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of("<|channel|>commentary to=functions.", " to=functions."),
        "<|channel|>commentary to=functions.",
        List.of(
            CallForm.name(), CallForm.literal(" <|constrain|>json<|message|>"), CallForm.json()),
        "",
        "<|call|>",
        false);
  }

  @Override
  public AnswerForm answerForm() {
    return new AnswerForm("<|start|>assistant", "<|channel|>final<|message|>", "");
  }

  /// None: the mode of harmony reads everything.
  @Override
  public List<Trigger> triggers() {
    return List.of();
  }

  @Override
  public List<ReasoningMarkers> reasoning(TemplateTraits traits) {
    return List.of(
        new ReasoningMarkers("<|channel|>analysis<|message|>", "<|end|>", true, List.of()));
  }

  @Override
  public Mode home(List<ReasoningMarkers> reasoning, OutputOptions options) {
    HarmonyMode mode = new HarmonyMode();
    mode.startBehind(options.prompt(), options);
    return mode;
  }

  @Override
  public void start(Machine machine, List<ReasoningMarkers> reasoning) {
    machine.enterHome();
  }
}
