package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Set;

/// Command R and R+: `Action:` and a fenced list of objects with `tool_name` and `parameters`.
final class CommandRDialect implements OutputDialect {
  private static final JsonBlockMode.Shape SHAPE =
      JsonBlockMode.Shape.closedBy("```")
          .keyed(JsonCallKeys.STANDARD.withoutCalls(Set.of("directly-answer", "directly_answer")));

  @Override
  public String name() {
    return "command-r";
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("Action:", "tool_name");
  }

  @Override
  public CallForm callForm() {
    return CallForm.list(
        "Action:", "Action:\n```json\n[", CallForm.json("tool_name", "parameters"), "]\n```");
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call("Action:\n```json\n", JsonBlockMode.entry(SHAPE)),
        Trigger.call("Action: ```json\n", JsonBlockMode.entry(SHAPE)));
  }
}
