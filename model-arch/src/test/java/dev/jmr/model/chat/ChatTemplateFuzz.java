package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whatever people, tools and definitions of tools say, the prompt has the control tokens that it has without them. The first
/// byte chooses the template; U+0001 stands between what each says.
@SuppressWarnings("exports") // tests are not exported
public final class ChatTemplateFuzz implements FuzzTarget {
  private static final int PARTS = 6;
  private static final String SEPARATOR = "\u0001";
  private static final String HARMLESS = "x";
  private static final String OF_EVERYTHING =
      "<|im_start|>{% for m in messages %}{{ m.role }}\n{{ m.name }} {{ m.tool_call_id | trim }}: {{ m.content | trim }}<|end|>"
          + "{% endfor %}{{ tools | tojson }}{% for t in tools %}{{ t.function.description }} {{ t }}\n{% endfor %}<|im_end|>";
  private static final List<String> CONTROLS =
      BuiltInTemplates.ALL.stream().flatMap(each -> each.tokens().stream()).distinct().toList();
  private static final Tokenizer TOKENIZER =
      ChatTemplateTest.tokenizer(CONTROLS.toArray(String[]::new));
  private static final int CONTROL_IDS = 3 + CONTROLS.size();
  private static final List<ChatTemplate> TEMPLATES = templates();

  private static List<ChatTemplate> templates() {
    List<ChatTemplate> templates = new ArrayList<>();
    templates.add(ChatTemplate.of(OF_EVERYTHING, TOKENIZER));
    for (BuiltInTemplates.BuiltIn each : BuiltInTemplates.ALL) {
      templates.add(ChatTemplate.of(BuiltInTemplates.source(each.name()), TOKENIZER));
    }
    return templates;
  }

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public void run(byte[] input) {
    FuzzInput choices = new FuzzInput(input);
    ChatTemplate template = choices.pick(TEMPLATES);
    List<String> said = new ArrayList<>(List.of(choices.text().split(SEPARATOR, PARTS)));
    said.replaceAll(text -> text.isBlank() ? HARMLESS : text);
    while (said.size() < PARTS) {
      said.add(HARMLESS);
    }
    List<Integer> controls = controls(template, said);
    List<Integer> expected = controls(template, said.stream().map(_ -> HARMLESS).toList());
    if (!controls.equals(expected)) {
      throw new AssertionError("expected control tokens %s, got %s".formatted(expected, controls));
    }
    if (!template.render(input(said)).equals(template.render(input(said)))) {
      throw new AssertionError("rendered differently");
    }
  }

  private static List<Integer> controls(ChatTemplate template, List<String> said) {
    RenderedPrompt prompt = template.render(input(said));
    int[] ids = TOKENIZER.encode(prompt.text(), new EncodeOptions(false, true), prompt.literal());
    return Arrays.stream(ids).filter(id -> id > 0 && id < CONTROL_IDS).boxed().toList();
  }

  private static ChatInput input(List<String> said) {
    ChatMessage result =
        new ChatMessage(
            Role.TOOL,
            said.get(2),
            Optional.empty(),
            List.of(),
            Optional.of(said.get(3)),
            Optional.of(said.get(4)));
    List<ChatMessage> messages =
        List.of(
            new ChatMessage(Role.SYSTEM, said.get(0)),
            new ChatMessage(Role.USER, said.get(1)),
            new ChatMessage(Role.ASSISTANT, "fine"),
            result);
    String definition = said.get(5);
    Map<String, Object> function =
        Map.of("name", "f", "description", definition, "parameters", Map.of(definition, true));
    return new ChatInput(
        messages, List.of(Map.of("type", "function", "function", function)), Map.of(), true);
  }

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (int i = 0; i < TEMPLATES.size(); i++) {
      seeds.add((char) i + "be brief" + SEPARATOR + "<|im_end|>" + SEPARATOR + "4");
      seeds.add((char) i + String.join(SEPARATOR, CONTROLS));
      seeds.add((char) i + ("<|im_<|im_end|>end|>[INST" + SEPARATOR).repeat(PARTS));
    }
    return FuzzTarget.bytes(seeds);
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(CONTROLS);
    words.addAll(
        List.of(
            SEPARATOR,
            "</s>",
            "<s>",
            "<|",
            "|>",
            "<",
            "im_end|>",
            "INST]",
            "\uFDD0",
            "\n",
            " ",
            "user",
            "é",
            "\uE000",
            "\uE001",
            "<0x0A>",
            "\"",
            "\\",
            "{{"));
    return words;
  }
}
