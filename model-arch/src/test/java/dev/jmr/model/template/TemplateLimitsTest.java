package dev.jmr.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.error.TemplateLimitException;
import dev.jmr.model.template.limit.TemplateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateLimitsTest {
  private static String render(String source) {
    return Template.compile(source, TemplateOptions.DEFAULTS).render(Map.of());
  }

  private static void refuses(String source, String limit) {
    assertThatThrownBy(() -> render(source))
        .isInstanceOf(TemplateLimitException.class)
        .hasMessageContaining("template limit: " + limit);
  }

  @Test
  void takesManyParentheses() {
    assertThat(render("{{ " + "(".repeat(150) + "1" + ")".repeat(150) + " }}")).isEqualTo("1");
  }

  @Test
  void refusesSourceNestedTooDeeply() {
    refuses("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}", "nesting depth");
    refuses("{{ " + "[".repeat(100_000) + "]".repeat(100_000) + " }}", "nesting depth");
    refuses("{{ " + "not ".repeat(100_000) + "1 }}", "nesting depth");
    refuses("{{ " + "-".repeat(100_000) + "1 }}", "nesting depth");
    refuses("{{ " + "1 if 1 else ".repeat(50_000) + "1 }}", "nesting depth");
    refuses("{{ 1" + "|d(1".repeat(50_000) + ")".repeat(50_000) + " }}", "nesting depth");
    refuses("{% if 1 %}".repeat(50_000), "nesting depth");
    refuses("{% set " + "(".repeat(50_000) + "x" + ")".repeat(50_000) + " = 1 %}", "nesting depth");
    refuses("{{ 1" + " is eq(1".repeat(50_000) + ")".repeat(50_000) + " }}", "nesting depth");
  }

  @Test
  void takesLongChains() {
    assertThat(render("{{ 0" + " + 1".repeat(20_000) + " }}")).isEqualTo("20000");
    assertThat(render("{{ ''" + " ~ 1".repeat(2_000) + " }}")).hasSize(2_000);
    assertThat(render("{{ 'a'" + "|upper".repeat(5_000) + " }}")).isEqualTo("A");
    assertThat(render("{% if 0 %}" + "{% elif 0 %}".repeat(5_000) + "{% endif %}")).isEmpty();
    assertThat(render("{{ 1" + " and 1".repeat(5_000) + " }}")).isEqualTo("1");
  }

  @Test
  void refusesEndlessCalls() {
    refuses("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "call depth");
    refuses("{% macro f(x=f()) %}{% endmacro %}{{ f() }}", "call depth");
    refuses("{% set l = [1] %}{% for x in l recursive %}{{ loop(l) }}{% endfor %}", "call depth");
    refuses(
        "{% macro f() %}{% call f() %}{% endcall %}{{ caller }}{% endmacro %}{{ f() }}",
        "call depth");
    String deep = "{{ (" + "(".repeat(150) + "f()" + ")".repeat(150) + ") }}";
    refuses("{% macro f() %}" + deep + "{% endmacro %}{{ f() }}", "nesting depth of calls");
  }

  @Test
  void refusesLargeValues() {
    refuses("{{ 'a' * 10**9 }}", "length of a value");
    refuses("{{ [1] * 10**9 }}", "length of a value");
    refuses("{{ 'a' * 10**100 }}", "length of a value");
    refuses("{{ 'x'|center(10**9) }}", "length of a value");
    refuses("{{ 'x'.ljust(10**9) }}", "length of a value");
    refuses("{{ 'x'.zfill(10**9) }}", "length of a value");
    refuses("{{ '%999999999d' % 1 }}", "length of a value");
    refuses("{{ '{:999999999}'.format(1) }}", "length of a value");
    refuses("{{ '%.999999999f' % 1.5 }}", "length of a value");
    refuses("{{ 'x\\ny'|indent(10**9) }}", "length of a value");
    refuses("{{ [1]|batch(10**9, 0)|list }}", "length of a value");
    refuses("{{ [1]|slice(10**9)|list }}", "length of a value");
    refuses("{{ [1]|tojson(indent=10**9) }}", "length of a value");
    refuses("{{ ('a' * 10**6).replace('a', 'b' * 10**6) }}", "length of a value");
    refuses("{{ ('a' * 10**6)|replace('', 'b' * 10**6) }}", "length of a value");
    refuses("{{ (['a' * 10**6] * 100)|join }}", "length of a value");
    refuses("{{ 'a\\t'.expandtabs(10**9) }}", "length of a value");
  }

  @Test
  void refusesLargeNumbersAndRanges() {
    refuses("{{ 10**(10**10) }}", "bits of an integer");
    refuses("{{ (10**2000)**2 }}", "bits of an integer");
    refuses("{{ range(10**6) }}", "range length");
    refuses("{{ range(0, 10**9, 2)|list }}", "range length");
  }

  @Test
  void refusesValuesInsideOfThemselves() {
    refuses("{% set l = [] %}{% do l.append(l) %}{{ l }}", "nesting depth of a value");
    refuses("{% set l = [] %}{% do l.append(l) %}{{ l|tojson }}", "nesting depth of a value");
    refuses("{% set l = [] %}{% do l.append(l) %}{{ l|pprint }}", "nesting depth of a value");
    refuses(
        "{% set l = [] %}{% do l.append(l) %}{% set m = [] %}{% do m.append(m) %}{{ l == m }}",
        "nesting depth of a value");
  }

  @Test
  void refusesTextThatGrowsFromSharedParts() {
    String nested =
        "{% set n = namespace(l=['x']) %}{% for i in range(60) %}"
            + "{% set n.l = [n.l, n.l] %}{% endfor %}";
    refuses(nested + "{{ n.l }}", "length of");
    refuses(nested + "{{ n.l|tojson }}", "length of");
    refuses(
        "{% set n = namespace(s='x') %}{% for i in range(60) %}"
            + "{% set n.s = n.s ~ n.s %}{% endfor %}",
        "length of");
    refuses(
        "{% set n = namespace(s=[1]) %}{% for i in range(60) %}"
            + "{% set n.s = n.s + n.s %}{% endfor %}",
        "length of");
  }

  @Test
  void refusesLongRendering() {
    TemplateOptions quick =
        TemplateOptions.DEFAULTS.withLimits(
            TemplateLimits.DEFAULTS.withTime(Duration.ofMillis(20)).withIterations(1L << 40));
    String loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    assertThatThrownBy(() -> Template.compile(loops, quick).render(Map.of()))
        .isInstanceOf(TemplateLimitException.class)
        .hasMessageContaining("longer than 20 ms");
    String twins =
        "{% set n = namespace(a=['x'], b=['x']) %}{% for i in range(60) %}"
            + "{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}{{ n.a == n.b }}";
    assertThatThrownBy(() -> Template.compile(twins, quick).render(Map.of()))
        .isInstanceOf(TemplateLimitException.class)
        .hasMessageContaining("longer than 20 ms");
  }

  @Test
  void refusesTooManyIterationsAndTooMuchOutput() {
    TemplateOptions small =
        TemplateOptions.DEFAULTS.withLimits(
            TemplateLimits.DEFAULTS.withIterations(100).withOutputLength(1000));
    assertThatThrownBy(
            () -> Template.compile("{% for a in range(101) %}{% endfor %}", small).render(Map.of()))
        .hasMessage("line 1, column 4: template limit: loop iterations exceeds 100");
    assertThatThrownBy(() -> Template.compile("{{ 'a' * 1001 }}", small).render(Map.of()))
        .hasMessage("line 1, column 1: template limit: output length exceeds 1000");
  }

  @Test
  void refusesLongSource() {
    String source = "a".repeat(TemplateLimits.DEFAULTS.templateLength() + 1);
    assertThatThrownBy(() -> Template.compile(source, TemplateOptions.DEFAULTS))
        .hasMessage("template limit: template length exceeds 1048576");
  }

  @Test
  void takesLongMessages() {
    String message = "word <tool> \"x\" ".repeat(1 << 16);
    String rendered =
        Template.compile(
                "{% for m in messages %}{{ m.content|trim|tojson }}{{ m.content.split('<')|length }}"
                    + "{% endfor %}",
                TemplateOptions.DEFAULTS)
            .render(Map.of("messages", List.of(Map.of("role", "user", "content", message))));

    assertThat(rendered).endsWith("65537");
  }

  @Test
  void takesNothingButPlainData() {
    assertThatThrownBy(() ->
            Template.compile("{{ x }}", TemplateOptions.DEFAULTS)
                .render(Map.of("x", new StringBuilder())))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            "template variable: expected null, a boolean, number, string, list or map, got "
                + "java.lang.StringBuilder");
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThatThrownBy(() ->
            Template.compile("{{ x }}", TemplateOptions.DEFAULTS).render(Map.of("x", endless)))
        .isInstanceOf(TemplateLimitException.class);
  }
}
