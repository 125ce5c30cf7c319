package dev.jmr.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.error.TemplateSyntaxException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static Template template(String source) {
    return Template.compile(source, TemplateOptions.DEFAULTS);
  }

  @Test
  void convertsPlainData() {
    List<@Nullable Object> data = new ArrayList<>();
    data.add(null);
    data.addAll(List.of(true, 1, 2L, 1.5, 2.5f, BigInteger.TEN.pow(20), "s", Map.of("k", 1)));

    assertThat(template("{{ x }}").render(Map.of("x", data)))
        .isEqualTo("[None, True, 1, 2, 1.5, 2.5, 100000000000000000000, 's', {'k': 1}]");
  }

  @Test
  void variablesHideGlobals() {
    assertThat(template("{{ range }}").render(Map.of("range", 5))).isEqualTo("5");
  }

  @Test
  void doesNotChangeWhatItIsGiven() {
    Map<String, Object> variables = Map.of("l", List.of(1));
    Template template = template("{% do l.append(2) %}{{ l }}");

    assertThat(template.render(variables)).isEqualTo("[1, 2]");
    assertThat(template.render(variables)).isEqualTo("[1, 2]");
  }

  @Test
  void rendersInManyThreadsAtOnce() {
    Template template =
        template(
            "{% set n = namespace(s=0) %}{% for i in range(k) %}{% set n.s = n.s + i %}{% endfor %}{{ n.s }}");

    assertThat(
            IntStream.range(0, 500)
                .parallel()
                .mapToObj(k -> template.render(Map.of("k", k)))
                .map(Integer::valueOf)
                .toList())
        .isEqualTo(IntStream.range(0, 500).mapToObj(k -> k * (k - 1) / 2).toList());
  }

  @Test
  void looksAtItsOwnClock() {
    Clock clock = Clock.fixed(Instant.parse("2024-12-30T23:30:00Z"), ZoneId.of("Europe/Berlin"));
    String source = "{{ strftime_now('%d %B %Y %H:%M %G-W%V %j') }}";

    assertThat(Template.compile(source, TemplateOptions.DEFAULTS.withClock(clock)).render(Map.of()))
        .isEqualTo("31 December 2024 00:30 2025-W01 366");
  }

  @Test
  void errorsCarryTheirPlace() {
    assertThatThrownBy(() -> template("a\nb {{ 1 +* 2 }}"))
        .isInstanceOfSatisfying(
            TemplateSyntaxException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.column()).isEqualTo(9);
              assertThat(e).hasMessage("line 2, column 9: expected an expression, got '*'");
            });
    assertThatThrownBy(() -> template("{% if x %}\n{{ x.y.z }}{% endif %}").render(Map.of("x", 1)))
        .isInstanceOf(TemplateException.class)
        .hasMessage("line 2, column 8: 'int object' has no attribute 'y'");
  }

  @Test
  void guessesWhatWasMeant() {
    assertThatThrownBy(() -> template("{{ x|tojsn }}"))
        .hasMessage("line 1, column 6: unknown filter 'tojsn'; did you mean 'tojson'?");
    assertThatThrownBy(() -> template("{{ x is stirng }}"))
        .hasMessage("line 1, column 9: unknown test 'stirng'; did you mean 'string'?");
    assertThatThrownBy(() -> template("{% esle %}"))
        .hasMessageStartingWith("line 1, column 4: unknown tag 'esle'");
    assertThatThrownBy(() -> template("{{ 'x'.startwith('x') }}").render(Map.of()))
        .hasMessage(
            "line 1, column 8: 'str object' has no attribute 'startwith'; did you mean 'startswith'?");
    assertThatThrownBy(() -> template("{{ raise_excepton('x') }}").render(Map.of()))
        .hasMessage(
            "line 1, column 4: 'raise_excepton' is undefined; did you mean 'raise_exception'?");
  }

  @Test
  void neverGivesARandomElement() {
    assertThatThrownBy(() -> template("{{ [1]|random }}").render(Map.of()))
        .hasMessage("line 1, column 8: random: a prompt must not depend on chance");
    assertThatThrownBy(() -> template("{{ lipsum() }}").render(Map.of()))
        .hasMessageEndingWith("lipsum: random text has no place in a prompt");
  }
}
