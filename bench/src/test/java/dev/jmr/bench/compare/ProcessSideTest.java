package dev.jmr.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.bench.run.TestCase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessSideTest {
  private static ProcessSide side(String command) {
    return new ProcessSide(CommandWords.split(command), "m.gguf", 2);
  }

  private static String command(String command, TestCase... tests) {
    return String.join(" ", side(command).commandFor(List.of(tests)));
  }

  @Test
  void addsWhatTheCommandDoesNotSay() {
    assertThat(command("lb", new TestCase(512, 0, 0)))
        .isEqualTo("lb -m m.gguf -p 512 -n 0 -d 0 -t 2 -r 1 -o json");
    assertThat(command("lb", new TestCase(0, 8, 64)))
        .isEqualTo("lb -m m.gguf -p 0 -n 8 -d 64 -t 2 -r 1 -o json");
    assertThat(command("lb", new TestCase(4, 8, 0)))
        .isEqualTo("lb -m m.gguf -p 0 -n 0 -pg 4,8 -d 0 -t 2 -r 1 -o json");
  }

  @Test
  void leavesWhatItSays() {
    String command = "lb --model=x.gguf -t 1 -r 3 -o jsonl -d 0";
    assertThat(command(command, new TestCase(512, 0, 0))).isEqualTo(command + " -p 512 -n 0");
    assertThat(command("lb -p 4 -n 8", new TestCase(4, 0, 0), new TestCase(0, 8, 64)))
        .isEqualTo("lb -p 4 -n 8 -m m.gguf -d 0,64 -t 2 -r 1 -o json");
  }

  @Test
  void saysWhatCannotBeStarted() {
    assertThatThrownBy(() -> side("no-such-program-here").run(List.of(new TestCase(1, 0, 0))))
        .hasMessageContaining("no-such-program-here -m m.gguf -p 1")
        .hasMessageContaining("cannot be started");
  }

  @Test
  void startsThisProgramOnceMore() {
    assertThat(
            FreshJvm.of(
                List.of("/jdk/bin/java"), List.of("-Xmx1g", "-jar", "jmr.jar", "bench", "-m", "x")))
        .containsExactly("/jdk/bin/java", "-Xmx1g", "-jar", "jmr.jar", "bench");
    assertThatThrownBy(() -> FreshJvm.of(List.of(), List.of("bench")))
        .hasMessageStartingWith("--fresh-jvm: expected");
  }
}
