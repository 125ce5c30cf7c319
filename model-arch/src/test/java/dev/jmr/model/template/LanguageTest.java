package dev.jmr.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.template.error.RaisedException;
import dev.jmr.model.template.error.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The language case by case: `language.json` holds small templates of ours and what Jinja2 3.1.6 makes of them, with
/// Hugging Face's settings at 2026-01-02 03:04:05. Where Jinja2 fails, the message is ours.
class LanguageTest {
  private static final TemplateOptions OPTIONS =
      TemplateOptions.DEFAULTS.withClock(
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  @TestFactory
  Stream<DynamicTest> rendersAsJinja2Does() {
    Map<?, ?> file = JsonText.object(text("language.json"));
    Map<?, ?> variables = (Map<?, ?>) Objects.requireNonNull(file.get("variables"));
    Map<?, ?> groups = (Map<?, ?>) Objects.requireNonNull(file.get("groups"));
    return groups.entrySet().stream()
        .map(group ->
            DynamicTest.dynamicTest(
                (String) group.getKey(),
                () -> ((List<?>) group.getValue()).forEach(c -> check((Map<?, ?>) c, variables))));
  }

  /// The templates of all cases.
  static Stream<String> templates() {
    Map<?, ?> file = JsonText.object(text("language.json"));
    Map<?, ?> groups = (Map<?, ?>) Objects.requireNonNull(file.get("groups"));
    return groups.values().stream()
        .flatMap(group -> ((List<?>) group).stream())
        .map(each -> (String) Objects.requireNonNull(((Map<?, ?>) each).get("template")));
  }

  private static void check(Map<?, ?> expected, Map<?, ?> variables) {
    String source = (String) Objects.requireNonNull(expected.get("template"));
    Object error = expected.get("error");
    if (error == null) {
      assertThat(render(source, expected, variables)).as(source).isEqualTo(expected.get("text"));
    } else {
      assertThatThrownBy(() -> render(source, expected, variables))
          .as(source)
          .isInstanceOf(TemplateException.class)
          .hasMessage((String) error);
    }
  }

  @SuppressWarnings("unchecked")
  private static String render(String source, Map<?, ?> expected, Map<?, ?> variables) {
    TemplateOptions options = expected.containsKey("trim") ? OPTIONS.withoutTrimming() : OPTIONS;
    boolean keep = expected.containsKey("keepTrailingNewline");
    return Template.compile(source, options.withKeepTrailingNewline(keep))
        .render((Map<String, Object>) variables);
  }

  @Test
  void refusesInItsOwnWords() {
    for (String message : List.of("no way", "", "a\nb")) {
      assertThatThrownBy(() ->
              Template.compile("\n {{ raise_exception(m) }}", OPTIONS).render(Map.of("m", message)))
          .isInstanceOf(RaisedException.class)
          .hasMessage(message);
    }
  }

  private static String text(String name) {
    try (InputStream in = LanguageTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
