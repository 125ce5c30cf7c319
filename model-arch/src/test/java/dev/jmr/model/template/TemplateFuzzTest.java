package dev.jmr.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.TemplateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Templates from random pieces, and real ones with random changes: nothing but a [TemplateException] comes out.
class TemplateFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final TemplateOptions OPTIONS =
      TemplateOptions.DEFAULTS.withLimits(
          TemplateLimits.DEFAULTS
              .withTime(Duration.ofMillis(200))
              .withIterations(10_000)
              .withOutputLength(1 << 16));
  private static final Map<String, Object> VARIABLES =
      Map.of(
          "a", 1,
          "s", "some text",
          "l", List.of(3, 1, 2),
          "d", Map.of("x", 1, "y", List.of("z")),
          "messages", List.of(Map.of("role", "user", "content", "hi")));

  /// Pieces of templates; a space is between any two.
  static final List<String> PIECES =
      List.of(
          ("{{ }} {{- -}} {% %} {%- -%} {# #} if elif else endif for in endfor recursive set endset"
                  + " macro endmacro call endcall filter endfilter with endwith do break continue raw"
                  + " endraw not and or is a s l d m x loop loop.index loop.length loop.cycle(a)"
                  + " loop(l) namespace() range(3) range(a,9) cycler(1,2) joiner() caller() varargs"
                  + " ( ) [ ] { } , : . .x .y [0] [1:] [::-1] ['x'] | |upper |length |join |list"
                  + " |map('upper') |select |selectattr('x') |sort |tojson |int |round |default(1)"
                  + " |groupby('x') |batch(2) |indent |wordwrap(3) |truncate(3) |format(1) |unique"
                  + " |dictsort |sum |first |last |reverse |items |string |replace('a','b') .items()"
                  + " .append(1) .split() .strip() .format(1) .pop() .update(d) .join(l) defined none"
                  + " odd mapping divisibleby 0 1 2.5 -1 1e9 10**9 'text' \"q\" '%s' '{}' none true + -"
                  + " * / // % ** ~ == != < > = *l **d")
              .split(" ", -1));

  private static void render(String source) {
    try {
      Template.compile(source, OPTIONS).render(VARIABLES);
    } catch (TemplateException e) {
      assertThat(e.getMessage()).as(source).isNotNull();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("template " + source, e);
    }
  }

  @Test
  void survivesRandomPieces() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder source = new StringBuilder();
      for (int j = random.nextInt(30); j >= 0; j--) {
        source.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
      }
      render(source.toString());
    }
  }

  @Test
  void survivesRandomExpressions() {
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder source = new StringBuilder("{% set m = s %}{{ ");
      for (int j = random.nextInt(8); j >= 0; j--) {
        source.append(PIECES.get(30 + random.nextInt(PIECES.size() - 30))).append(' ');
      }
      render(source.append("}}").toString());
    }
  }

  @Test
  void survivesChangedTemplates() {
    TemplateCorpus.assumeThere();
    Random random = new Random(3);
    List<String> sources = TemplateCorpus.models().stream().map(TemplateCorpus::source).toList();
    for (int i = 0; i < ROUNDS / 10; i++) {
      StringBuilder source = new StringBuilder(sources.get(random.nextInt(sources.size())));
      for (int j = random.nextInt(5); j >= 0; j--) {
        int at = random.nextInt(source.length());
        int end = Math.min(at + random.nextInt(20), source.length());
        source.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
      }
      render(source.toString());
    }
  }
}
