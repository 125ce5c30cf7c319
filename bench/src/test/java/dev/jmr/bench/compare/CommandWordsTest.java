package dev.jmr.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CommandWordsTest {
  @Test
  void splitsAsAShellDoes() {
    assertThat(CommandWords.split("  llama-bench  -t\t2 "))
        .containsExactly("llama-bench", "-t", "2");
    assertThat(CommandWords.split("a 'b c' \"d 'e\" f\"g\"h"))
        .containsExactly("a", "b c", "d 'e", "fgh");
    assertThat(CommandWords.split("a\\ b \"\\\"q\\\"\" ''")).containsExactly("a b", "\"q\"", "");
    assertThat(CommandWords.split("C:\\tools\\x.exe")).containsExactly("C:\\tools\\x.exe");
  }

  @Test
  void refusesNothingAndOpenQuotes() {
    assertThatThrownBy(() -> CommandWords.split("  "))
        .hasMessage("--compare: expected a command, got nothing");
    assertThatThrownBy(() -> CommandWords.split("a 'b"))
        .hasMessage("--compare: expected a closing ' in: a 'b");
  }
}
