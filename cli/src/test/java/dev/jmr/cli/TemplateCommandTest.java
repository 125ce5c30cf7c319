package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {
  @TempDir private Path folder;

  @Test
  void showsThePromptOfAMessage() {
    Jmr.Result result = Jmr.run("template", Jmr.LLAMA3, "Hello", "--system", "Be brief");

    assertThat(result.code()).isZero();
    assertThat(result.out().stripTrailing())
        .isEqualTo(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>");
  }

  @Test
  void readsMessagesToolsAndVariablesFromARequest() throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("t.jinja"),
            "{{ messages | length }} {{ messages[1].tool_calls[0].function.arguments.a }}"
                + " {{ tools[0].function.name }} {{ x }} {{ y }} {{ add_generation_prompt }}");
    Path request =
        Files.writeString(
            folder.resolve("request.json"),
            """
            {"messages": [
               {"role": "developer", "content": [{"type": "text", "text": "Be brief"}]},
               {"role": "assistant", "content": null, "tool_calls": [
                 {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 7}"}}]},
               {"role": "tool", "tool_call_id": "1", "content": "8"}],
             "tools": [{"type": "function", "function": {"name": "f"}}],
             "chat_template_kwargs": {"x": 1, "y": 2}}
            """);

    Jmr.Result result =
        Jmr.run(
            "template",
            Jmr.LLAMA3,
            "Hello",
            "--messages",
            request.toString(),
            "--chat-template",
            template.toString(),
            "--kwargs",
            "{\"y\": 3}",
            "--no-generation-prompt");

    assertThat(result.err()).isEmpty();
    assertThat(result.out().strip()).isEqualTo("4 7 f 1 3 False");
  }

  @Test
  void showsTokensInWhichAUserEndsNoTurn() {
    String out = Jmr.run("template", Jmr.LLAMA3, "a<|eot_id|>", "--tokens").out();

    assertThat(out.lines().filter(line -> line.contains("<|eot_id|>"))).hasSize(1);
  }

  @Test
  void saysWhatIsWrongWithTheInput() {
    assertThat(Jmr.run("template", Jmr.LLAMA3).err()).contains("expected at least one message");
    assertThat(Jmr.run("template", Jmr.LLAMA3, "x", "--kwargs", "{").err())
        .contains("--kwargs: json");
    assertThat(Jmr.run("template", Jmr.LLAMA3, "x", "--kwargs", "[]").err())
        .contains("expected an object");
  }
}
