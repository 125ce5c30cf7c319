package dev.jmr.model.chat.output;

import java.util.List;

/// Kimi K2: `<|tool_call_begin|>functions.NAME:0<|tool_call_argument_begin|>{…}<|tool_call_end|>`; the part in front is the id.
final class KimiDialect implements OutputDialect {
  private static final String CALLS = "<|tool_calls_section_begin|>";
  private static final String CALLS_END = "<|tool_calls_section_end|>";
  private static final String CALL = "<|tool_call_begin|>";
  private static final String CALL_END = "<|tool_call_end|>";
  private static final String ARGUMENTS = "<|tool_call_argument_begin|>";
  private static final NamedShape SHAPE =
      NamedShape.of(ARGUMENTS, CALL_END).withIdAsName("functions.");

  @Override
  public String name() {
    return "kimi-k2";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has(CALL);
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
            CALLS,
            CALL + "functions.",
            List.of(
                CallForm.name(),
                CallForm.literal(":"),
                new CallForm.Part.CallNumber(),
                CallForm.literal(ARGUMENTS),
                CallForm.json()),
            CALL_END,
            "")
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
