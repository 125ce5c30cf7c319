package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The model that comes with JMR, on a machine where nothing was pulled.
final class BoxTest {
  private static final String NOTE =
      "jmr: no model was named: jmr/demo answers, which is small and comes with JMR; 'jmr run ai/qwen3' fetches a larger one";

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeAMachine() {
    environment.put("JMR_DEMO", "on");
    environment.put("MODELS_PATH", folder.resolve("models").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private Jmr.Result jmr(String... arguments) {
    return Jmr.run("", environment, arguments);
  }

  @Test
  void answersWhereNoModelIsNamedAndSaysSo() {
    Jmr.Result result = jmr("run", "What is 7 plus 5?");
    assertThat(result.out().strip()).isEqualTo("7 plus 5 is 12.");
    assertThat(result.err().lines()).containsExactly(NOTE);
    assertThat(result.code()).isZero();
  }

  @Test
  void answersWhatIsPiped() {
    Jmr.Result result =
        Jmr.run("My name is Anna.\nWhat is my name?\n", environment, "run", "--temp", "0");
    assertThat(result.out().strip()).isEqualTo("Your name is Anna.");
    assertThat(result.err().lines()).containsExactly(NOTE);
  }

  @Test
  void isAModelLikeAnyOther() throws Exception {
    assertThat(jmr("ls").out()).contains("jmr/demo", "Q8_0", "llama", "built in");
    assertThat(jmr("tag", "jmr/demo", "me/copy").code()).isZero();
    assertThat(jmr("run", "me/copy", "What is the capital of France?").out().strip())
        .isEqualTo("The capital of France is Paris.");

    Path archive = folder.resolve("demo.tar");
    assertThat(jmr("export", "jmr/demo", "-o", archive.toString()).code()).isZero();
    JsonNode models = new ObjectMapper().readTree(jmr("ls", "--json").out());
    String id = models.get(0).path("id").asText();
    assertThat(jmr("purge", "--force").code()).isZero();
    assertThat(jmr("load", "-i", archive.toString()).code()).isZero();
    assertThat(jmr("ls", "-q").out().strip()).isEqualTo(id.substring("sha256:".length(), 19));
  }

  @Test
  void isRemovedUntilItIsWanted() {
    assertThat(jmr("rm", "jmr/demo").code()).isZero();
    assertThat(jmr("ls", "-q").out()).isEmpty();
    assertThat(jmr("pull", "jmr/demo").out().strip()).isEqualTo("Model came with JMR");
    assertThat(jmr("ls", "-q").out()).hasLineCount(1);
    jmr("rm", "jmr/demo");
    assertThat(jmr("run", "What is 2 plus 2?").out().strip()).isEqualTo("2 plus 2 is 4.");
  }

  @Test
  void aNameIsNoPrompt() {
    Jmr.Result result = jmr("run", "no-such-file.gguf");
    assertThat(result.err()).contains("no-such-file.gguf");
    assertThat(result.code()).isNotZero();
  }

  @Test
  void canBeLeftOut() {
    environment.put("JMR_DEMO", "off");
    assertThat(jmr("ls", "-q").out()).isEmpty();
  }
}
