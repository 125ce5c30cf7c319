package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswerOptionsTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}},\"required\":[\"n\"],\"additionalProperties\":false}";

  @TempDir private Path folder;

  private static Jmr.Result answer(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", Jmr.LLAMA3, "Hello", "--seed", "1", "-n", "200"));
    arguments.addAll(List.of(more));
    return Jmr.run(arguments.toArray(String[]::new));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String tools() throws IOException {
    return file(
        "tools.json",
        "[{\"type\":\"function\",\"function\":{\"name\":\"pick\",\"parameters\":" + SCHEMA + "}}]");
  }

  @Test
  void answersAreWhatTheyMustBe() throws IOException {
    assertThat(answer("--json-schema", SCHEMA).out()).matches("\\{ ?\"n\" ?: ?[1-9] ?}\\R");
    assertThat(answer("--json-schema", file("s.json", SCHEMA), "--raw").out())
        .matches("\\{ ?\"n\" ?: ?[1-9] ?}\\R");
    assertThat(answer("--grammar", file("g.gbnf", "root ::= [xy] [xy]")).out())
        .matches("[xy]{2}\\R");
    assertThat(answer("--regex", "a{3}b").out()).matches("aaab\\R");
    assertThat(answer("--choice", "yes,no").out()).matches("(yes|no)\\R");
    assertThat(answer("--json").out()).startsWith("{");
  }

  @Test
  void toolsAreCalledAsALineOfJson() throws IOException {
    String template =
        file("t.jinja", "{# <tool_call> #}{{ messages[0].content }}{{ tools | tojson }}");
    Jmr.Result result =
        answer("--tools", tools(), "--tool-choice", "pick", "--chat-template", template);

    assertThat(result.err()).isEmpty();
    assertThat(result.out().stripTrailing())
        .matches("\\{\"name\": \"pick\", \"arguments\": \\{ ?\"n\" ?: ?[1-9] ?}}");
  }

  @Test
  void saysWhatIsWrongWithARule() throws IOException {
    assertThat(answer("--json", "--regex", "a").code()).isEqualTo(2);
    assertThat(answer("--json", "--regex", "a").err())
        .contains("expected one of --json, --json-schema, --grammar, --regex, --choice");
    assertThat(answer("--tool-choice", "required").code()).isEqualTo(2);
    assertThat(answer("--reasoning", "much").err())
        .contains("--reasoning: expected on, off, minimal, low, medium, high, xhigh, got 'much'");
    assertThat(answer("--reasoning", "much").code()).isEqualTo(2);
    assertThat(answer("--reasoning-budget", "-1").code()).isEqualTo(2);
    assertThat(answer("--json-schema", "{\"not\":{}}").err()).contains("jmr: json schema: #/not: ");
    assertThat(answer("--json-schema", "{\"not\":{}}").code()).isEqualTo(1);
    assertThat(answer("--tools", tools(), "--raw").err())
        .contains("--tools: expected a model with a chat template, and no --raw");
  }
}
