package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jmr bench` as the user calls it; what it measures is tested beside it.
final class BenchTest {
  private static Jmr.Result bench(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "bench";
    arguments[1] = "-m";
    arguments[2] = Jmr.Q4_K_M;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Jmr.run(arguments);
  }

  @Test
  void measuresAModelAndIgnoresOptionsOfLlamaBench() {
    Jmr.Result result =
        bench("-p", "4", "-n", "2", "-r", "1", "--no-warmup", "--no-bandwidth", "-ngl", "99");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains(" pp4 |", " tg2 |", "Q4_K - Medium");
    assertThat(result.err()).contains("note: -ngl is ignored: layers are all on one device");
  }

  @Test
  void refusesWhatItCannotMeasure() {
    Jmr.Result result = bench("-embd", "1");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("jmr: -embd: not an option of jmr bench: embeddings are not measured");
  }

  @Test
  void asksAModelOfTheServerOrInThisProcess(@TempDir Path folder) throws IOException {
    try (StoreServer server = new StoreServer(folder)) {
      Path template = Files.writeString(folder.resolve("t.jinja"), TestModels.CHATML);
      server.embedded(
          "package",
          "me/tiny",
          "--gguf",
          Jmr.Q4_K_M,
          "--context-size",
          "64",
          "--chat-template",
          template.toString());
      String[] line = {
        "bench",
        "me/tiny",
        "--duration",
        "1ms",
        "--concurrency",
        "2",
        "--max-tokens",
        "2",
        "--prompt",
        "Hi"
      };
      Jmr.Result here = server.embedded(line);
      assertThat(here.err()).isEmpty();
      assertThat(here.out()).startsWith("me/tiny in this process: ").containsPattern("\n2 +[2-9]");
      Jmr.Result there = server.remote(line);
      assertThat(there.err()).isEmpty();
      assertThat(there.out())
          .startsWith("me/tiny on " + server.address() + ": ")
          .containsPattern("\n2 +[2-9]");
    }
  }

  @Test
  void helpTellsBothWaysOfMeasuring() {
    assertThat(Jmr.run("bench", "--help").out())
        .contains("bench -m FILE -p 512", "bench MODEL  ", "--concurrency=N", "--n-prompt=N");
  }
}
