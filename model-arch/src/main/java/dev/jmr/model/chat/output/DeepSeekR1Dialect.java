package dev.jmr.model.chat.output;

import java.util.List;

/// DeepSeek V3 and R1: `<｜tool▁call▁begin｜>function<｜tool▁sep｜>NAME`, then the arguments in a fenced block.
final class DeepSeekR1Dialect implements OutputDialect {
  static final String CALLS = "<｜tool▁calls▁begin｜>";
  static final String CALLS_END = "<｜tool▁calls▁end｜>";
  static final String CALL = "<｜tool▁call▁begin｜>";
  static final String CALL_END = "<｜tool▁call▁end｜>";
  static final String SEPARATOR = "<｜tool▁sep｜>";

  private static final NamedShape SHAPE =
      NamedShape.of("\n", "```", CALL_END).typed(SEPARATOR).withArgumentsBehind("```json");

  @Override
  public String name() {
    return "deepseek-r1";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("tool▁call▁begin") && traits.has("```json");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
            CALLS + CALL + "function" + SEPARATOR,
            CALL + "function" + SEPARATOR,
            List.of(
                CallForm.name(),
                CallForm.literal("\n```json\n"),
                CallForm.json(),
                CallForm.literal("\n```")),
            CALL_END,
            "\n")
        .within(CALLS, CALLS_END);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.section(CALLS),
        Trigger.call(CALL, NamedCallMode.entry(SHAPE)),
        Trigger.section(CALLS_END));
  }
}
