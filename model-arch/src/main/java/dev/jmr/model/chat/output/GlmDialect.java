package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// GLM 4.5 to 5: `<tool_call>NAME<arg_key>KEY</arg_key><arg_value>VALUE</arg_value></tool_call>`.
final class GlmDialect implements OutputDialect {
  private static final TaggedShape SHAPE =
      new TaggedShape(
          "",
          List.of("\n", "<arg_key>", "</tool_call>"),
          false,
          "<arg_key>",
          Map.of("</arg_key>", Set.of()),
          "<arg_value>",
          "</arg_value>",
          "</tool_call>",
          "",
          false);

  @Override
  public String name() {
    return "glm";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("<tool_call>", "<arg_key>");
  }

  @Override
  public CallForm callForm() {
    return CallForm.each(
        "<tool_call>",
        "<tool_call>",
        List.of(
            CallForm.name(),
            CallForm.literal("\n"),
            new CallForm.Part.Arguments(
                new CallForm.ArgumentsForm.Tagged(
                    "<arg_key>",
                    "</arg_key>\n<arg_value>",
                    "</arg_key>\n<arg_value>",
                    "</arg_value>\n"))),
        "</tool_call>",
        "\n");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.call("<tool_call>", TaggedCallMode.block(SHAPE)));
  }
}
