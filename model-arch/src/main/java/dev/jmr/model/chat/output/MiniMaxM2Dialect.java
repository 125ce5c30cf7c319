package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// MiniMax M2: `<minimax:tool_call><invoke name="NAME"><parameter name="KEY">VALUE</parameter></invoke></minimax:tool_call>`.
final class MiniMaxM2Dialect implements OutputDialect {
  private static final TaggedShape SHAPE =
      TaggedShape.invoke("", Map.of("\">", Set.of()), "</minimax:tool_call>");

  @Override
  public String name() {
    return "minimax-m2";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<minimax:tool_call>");
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of("<minimax:tool_call>"),
        "<minimax:tool_call>\n",
        List.of(
            CallForm.literal("<invoke name=\""),
            CallForm.name(),
            CallForm.literal("\">\n"),
            new CallForm.Part.Arguments(
                new CallForm.ArgumentsForm.Tagged(
                    "<parameter name=\"", "\">", "\">", "</parameter>\n")),
            CallForm.literal("</invoke>")),
        "\n",
        "\n</minimax:tool_call>",
        true);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.call("<minimax:tool_call>", TaggedCallMode.block(SHAPE)));
  }
}
