package dev.jmr.model.template;

import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.TemplateLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whatever the template, it is rendered within its limits, twice the same, or fails in the way that is documented.
@SuppressWarnings("exports") // tests are not exported
public final class TemplateFuzz implements FuzzTarget {
  private static final TemplateLimits LIMITS =
      new TemplateLimits(
          1 << 14, 60, 20, 2_000, 1 << 14, 1 << 14, 1 << 18, 5_000, 1 << 10, Duration.ofSeconds(2));
  private static final TemplateOptions OPTIONS =
      TemplateOptions.DEFAULTS
          .withLimits(LIMITS)
          .withClock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  private static final Map<String, Object> VARIABLES =
      Map.of(
          "a",
          1,
          "b",
          2.5,
          "s",
          "some Text\nof é😀",
          "l",
          List.of(3, 1, 2),
          "d",
          Map.of("x", 1, "y", List.of("z")),
          "messages",
          List.of(
              Map.of("role", "system", "content", "be brief"),
              Map.of("role", "user", "content", "hi <b>"),
              Map.of("role", "assistant", "content", "", "tool_calls", calls())),
          "add_generation_prompt",
          true,
          "bos_token",
          "<s>");

  private static List<Map<String, Object>> calls() {
    return List.of(Map.of("function", Map.of("name", "f", "arguments", Map.of("x", true))));
  }

  @Override
  public String name() {
    return "jinja";
  }

  @Override
  public void run(byte[] input) {
    String source = new FuzzInput(input).text();
    String first = render(source);
    String again = render(source);
    boolean timed = (first + again).contains("takes longer than");
    if (!timed && !first.equals(again)) {
      throw new AssertionError("rendered differently: '%s', '%s'".formatted(first, again));
    }
  }

  private static String render(String source) {
    Template template;
    try {
      template = Template.compile(source, OPTIONS);
    } catch (TemplateException e) {
      return "not compiled: " + message(e);
    }
    try {
      String text = template.render(VARIABLES);
      if (text.length() > LIMITS.outputLength()) {
        throw new AssertionError("output of " + text.length());
      }
      if (text.contains("dev.jmr.") && !source.contains("dev")) {
        throw new AssertionError("shows a Java object: " + text);
      }
      return "rendered: " + text;
    } catch (TemplateException e) {
      return "failed: " + message(e);
    }
  }

  private static String message(TemplateException e) {
    if (e.getMessage() == null) {
      throw new AssertionError("no message", e);
    }
    return e.getMessage();
  }

  @Override
  public List<byte[]> seeds() {
    List<String> sources = new ArrayList<>();
    LanguageTest.templates().forEach(sources::add);
    if (TemplateCorpus.isThere()) {
      TemplateCorpus.models().forEach(model -> sources.add(TemplateCorpus.source(model)));
    }
    return FuzzTarget.bytes(sources);
  }

  /// Pieces of templates, and some that want more than they may have.
  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>();
    TemplateFuzzTest.PIECES.forEach(piece -> words.add(" " + piece + " "));
    words.add("{% for i in range(999) %}{{ 'twenty-one characters' }}{% endfor %}");
    words.add("{% for i in l %}{{ messages | tojson }}{% endfor %}");
    words.add("{{ 'x' * 9999 }}");
    words.add(" | join('x' * 999)");
    words.add("{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}");
    return words;
  }
}
