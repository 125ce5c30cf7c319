package dev.jmr.model.chat.output;

import java.util.List;

/// ByteDance Seed-OSS: Qwen3-Coder's tags, without line feeds around values, inside of `<seed:tool_call>`.
final class SeedOssDialect implements OutputDialect {
  private static final TaggedShape SHAPE = TaggedShape.function("</seed:tool_call>", false);

  @Override
  public String name() {
    return "seed-oss";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<seed:tool_call>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        "<seed:tool_call>",
        "<seed:tool_call>\n",
        List.of(
            CallForm.literal("<function="),
            CallForm.name(),
            CallForm.literal(">\n"),
            new CallForm.Part.Arguments(
                new CallForm.ArgumentsForm.Tagged("<parameter=", ">", ">", "</parameter>\n")),
            CallForm.literal("</function>")),
        "\n</seed:tool_call>",
        "\n");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.call("<seed:tool_call>", TaggedCallMode.block(SHAPE)));
  }
}
