package dev.jmr.model.chat.output;

import java.util.List;

/// DeepSeek V3.1: `<｜tool▁call▁begin｜>NAME<｜tool▁sep｜>{…}<｜tool▁call▁end｜>`.
final class DeepSeekV31Dialect implements OutputDialect {
  private static final NamedShape SHAPE =
      NamedShape.of(DeepSeekR1Dialect.SEPARATOR, DeepSeekR1Dialect.CALL_END);

  @Override
  public String name() {
    return "deepseek-v3.1";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("tool▁call▁begin") || traits.hasToken(DeepSeekR1Dialect.CALL);
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
            DeepSeekR1Dialect.CALLS,
            DeepSeekR1Dialect.CALL,
            List.of(
                CallForm.name(), CallForm.literal(DeepSeekR1Dialect.SEPARATOR), CallForm.json()),
            DeepSeekR1Dialect.CALL_END,
            "")
        .within(DeepSeekR1Dialect.CALLS, DeepSeekR1Dialect.CALLS_END);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.section(DeepSeekR1Dialect.CALLS),
        Trigger.call(DeepSeekR1Dialect.CALL, NamedCallMode.entry(SHAPE)),
        Trigger.section(DeepSeekR1Dialect.CALLS_END));
  }
}
