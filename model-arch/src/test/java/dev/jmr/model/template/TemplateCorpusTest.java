package dev.jmr.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.template.error.RaisedException;
import dev.jmr.model.template.error.TemplateException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemplateCorpusTest {
  private static final TemplateOptions OPTIONS =
      TemplateOptions.DEFAULTS.withClock(
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  /// Messages that the runtime of Python gave, not `raise_exception`: ours say the same with the place before it.
  private static final List<String> NOT_RAISED =
      List.of("TypeError: ", "'functions' is undefined", "'dict object' has", "'None' has");

  @BeforeEach
  void corpusIsThere() {
    TemplateCorpus.assumeThere();
  }

  @Test
  void rendersEveryTemplateAsRecorded() {
    Map<String, Object> cases = TemplateCorpus.cases();
    int compared = 0;
    for (String model : TemplateCorpus.models()) {
      Template template = Template.compile(TemplateCorpus.source(model), OPTIONS);
      for (Map.Entry<String, Object> expected : TemplateCorpus.expected(model).entrySet()) {
        Map<String, Object> variables =
            new LinkedHashMap<>(Map.of("bos_token", "<s>", "eos_token", "</s>"));
        ((Map<?, ?>) Objects.requireNonNull(cases.get(expected.getKey())))
            .forEach((name, value) -> variables.put((String) name, value));
        compare(
            model + ", " + expected.getKey(), template, variables, (Map<?, ?>) expected.getValue());
        compared++;
      }
    }

    assertThat(compared).isGreaterThanOrEqualTo(507);
  }

  private static void compare(
      String name, Template template, Map<String, Object> variables, Map<?, ?> expected) {
    Object error = expected.get("error");
    if (error == null) {
      assertThat(template.render(variables)).as(name).isEqualTo(expected.get("text"));
    } else if (NOT_RAISED.stream().anyMatch(((String) error)::startsWith)) {
      assertThatThrownBy(() -> template.render(variables))
          .as(name)
          .isInstanceOf(TemplateException.class)
          .hasMessageMatching("line \\d+, column \\d+: .*")
          .hasMessageEndingWith(((String) error).replaceFirst("^TypeError: ", ""));
    } else {
      assertThatThrownBy(() -> template.render(variables))
          .as(name)
          .isInstanceOf(RaisedException.class)
          .hasMessage((String) error);
    }
  }
}
