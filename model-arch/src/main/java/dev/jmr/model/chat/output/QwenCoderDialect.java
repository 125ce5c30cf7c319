package dev.jmr.model.chat.output;

import java.util.List;

/// Qwen3-Coder, Qwen 3.5, Nemotron 3, Step 3.5: `<tool_call><function=NAME><parameter=KEY>VALUE</parameter></function></tool_call>`.
///
/// The models sometimes leave out the outer marker.
final class QwenCoderDialect implements OutputDialect {
  private static final TaggedShape SHAPE = TaggedShape.function("</tool_call>", true);

  @Override
  public String name() {
    return "qwen-coder";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<tool_call>", "<function=", "<parameter=");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        "<tool_call>",
        "<tool_call>\n",
        List.of(
            CallForm.literal("<function="),
            CallForm.name(),
            CallForm.literal(">\n"),
            new CallForm.Part.Arguments(
                new CallForm.ArgumentsForm.Tagged("<parameter=", ">\n", ">\n", "\n</parameter>\n")),
            CallForm.literal("</function>")),
        "\n</tool_call>",
        "\n");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call("<tool_call>", TaggedCallMode.block(SHAPE)),
        Trigger.call("<function=", TaggedCallMode.function(SHAPE)));
  }
}
