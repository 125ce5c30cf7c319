package dev.jmr.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.model.chat.ChatMessage.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds the formats against real templates and what they render. These are others' data, read in place: beside the
/// repository, or where the environment variable `JMR_SHARED` says.
class RealTemplatesTest {
  /// The recorded results begin with the BOS text where the template writes one; ours never do.
  private static final String BOS = "<s>";

  private static final Map<String, String> FORMATS =
      Map.of(
          "Qwen-Qwen2.5-7B-Instruct", "chatml",
          "Qwen-Qwen3-0.6B", "qwen3",
          "deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "deepseek-r1-distill",
          "google-gemma-2-2b-it", "gemma",
          "meta-llama-Llama-3.1-8B-Instruct", "llama3.1",
          "meta-llama-Llama-3.3-70B-Instruct", "llama3.1",
          "mistralai-Mistral-Nemo-Instruct-2407", "mistral-nemo");

  private static Path templates() {
    return Stream.of(System.getenv("JMR_SHARED"), "../shared", "../../shared")
        .filter(Objects::nonNull)
        .map(shared -> Path.of(shared, "fixtures", "templates"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("absent"));
  }

  @BeforeEach
  void templatesAreThere() {
    assumeTrue(
        Files.isDirectory(templates()),
        "no shared/fixtures/templates beside the repository, and JMR_SHARED does not name its folder");
  }

  @Test
  void recognisesThoseThatItRendersExactlyAndNoOthers() {
    Map<String, String> recognised = new TreeMap<>();
    for (String model : models()) {
      ChatFormats.recognise(read(model + ".jinja"))
          .ifPresent(format -> recognised.put(model, format.name()));
    }

    assertThat(recognised).isEqualTo(new TreeMap<>(FORMATS));
  }

  @Test
  void noTemplateIsClaimedByTwoFormats() {
    for (String model : models()) {
      TemplateText template = TemplateText.of(read(model + ".jinja"));
      assertThat(ChatFormats.ALL.stream().map(family -> family.of(template)))
          .as(model)
          .filteredOn(Optional::isPresent)
          .hasSizeLessThan(2);
    }
  }

  @Test
  void rendersWhatTheTemplateRenders() {
    Map<String, Object> cases = Json.object(read("cases.json"));
    int compared = 0;
    for (String model : FORMATS.keySet()) {
      ChatFormat format = ChatFormats.recognise(read(model + ".jinja")).orElseThrow();
      Map<String, Object> expected = Json.object(read(model + ".expected.json"));
      for (String name : cases.keySet()) {
        Map<?, ?> input = (Map<?, ?>) Json.member(cases, name);
        if (isPlain(input)) {
          compare(model + ", " + name, format, input, (Map<?, ?>) Json.member(expected, name));
          compared++;
        }
      }
    }

    assertThat(compared).isEqualTo(FORMATS.size() * 6);
  }

  private static void compare(String name, ChatFormat format, Map<?, ?> input, Map<?, ?> expected) {
    List<ChatMessage> messages =
        ((List<?>) Json.member(input, "messages"))
            .stream().map(m -> message((Map<?, ?>) m)).toList();
    boolean generation = "true".equals(input.get("add_generation_prompt"));
    if (expected.get("text") instanceof String text) {
      assertThat(format.render(messages, generation))
          .as(name)
          .isEqualTo(text.startsWith(BOS) ? text.substring(BOS.length()) : text);
    } else {
      assertThatExceptionOfType(ChatFormatException.class)
          .as(name)
          .isThrownBy(() -> format.render(messages, generation))
          .withMessage((String) Json.member(expected, "error"));
    }
  }

  private static ChatMessage message(Map<?, ?> message) {
    String role = ((String) Json.member(message, "role")).toUpperCase(Locale.ROOT);
    return new ChatMessage(Role.valueOf(role), (String) Json.member(message, "content"));
  }

  /// Whether the case has messages and nothing else: no tools, no reasoning apart, no switches.
  private static boolean isPlain(Map<?, ?> input) {
    return input.keySet().equals(Set.of("messages", "add_generation_prompt"))
        && ((List<?>) Json.member(input, "messages"))
            .stream().allMatch(m -> ((Map<?, ?>) m).keySet().equals(Set.of("role", "content")));
  }

  private static List<String> models() {
    try (Stream<Path> files = Files.list(templates())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jinja"))
          .map(name -> name.substring(0, name.length() - ".jinja".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(templates().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
