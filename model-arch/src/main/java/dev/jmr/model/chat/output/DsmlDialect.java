package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// DeepSeek V3.2 and V4: `<｜DSML｜invoke name="NAME"><｜DSML｜parameter name="KEY" string="true">VALUE</｜DSML｜parameter>
/// </｜DSML｜invoke>` in a block; the model says itself which values are strings.
final class DsmlDialect implements OutputDialect {
  private static final String MARK = "｜DSML｜";
  private static final String TEXT = "\" string=\"true\">";
  private static final String OTHER = "\" string=\"false\">";
  private static final Map<String, Set<ValueKind>> KEY_ENDS =
      Map.of(TEXT, Set.of(ValueKind.STRING), OTHER, TaggedShape.NO_TEXT, "\">", Set.of());

  private final String name;
  private final String block;

  /// @param block the name of the block's tag
  DsmlDialect(String name, String block) {
    this.name = name;
    this.block = block;
  }

  private String open() {
    return "<" + MARK + block + ">";
  }

  private String close() {
    return "</" + MARK + block + ">";
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean claims(TemplateTraits traits) {
    return traits.has("｜DSML｜", block + ">");
  }

  @Override
  public CallForm callForm() {
    return new CallForm(
        List.of(open()),
        open() + "\n",
        List.of(
            CallForm.literal("<" + MARK + "invoke name=\""),
            CallForm.name(),
            CallForm.literal("\">\n"),
            new CallForm.Part.Arguments(
                new CallForm.ArgumentsForm.Tagged(
                    "<" + MARK + "parameter name=\"", TEXT, OTHER, "</" + MARK + "parameter>\n")),
            CallForm.literal("</" + MARK + "invoke>")),
        "\n",
        "\n" + close(),
        true);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.call(open(), TaggedCallMode.block(TaggedShape.invoke(MARK, KEY_ENDS, close()))));
  }
}
