package dev.jmr.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.runtime.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningFileTest {
  private static final TuningEntry SMALL = entry("Q8_0", "500M", Map.of());
  private static final TuningEntry LARGE = entry("Q4_K", "8B", Map.of("threads", 6));

  @TempDir private Path folder;
  private TuningFile file = new TuningFile(Path.of(""));

  private static TuningEntry entry(String weights, String size, Map<String, Integer> settings) {
    TuningKey key =
        new TuningKey(new Machine("Some \"CPU\"", 8), "cpu", "512-bit vectors", weights, size);
    return new TuningEntry(key, "1.2", "2026-11-22", new Tuning(settings));
  }

  @BeforeEach
  void nameAFileInAFolderThatIsNotThere() {
    file = new TuningFile(folder.resolve("new").resolve("tuning.json"));
  }

  @Test
  void keepsSeveralKindsOfModelSideBySide() {
    assertThat(file.read()).isEmpty();
    file.put(SMALL);
    file.put(LARGE);
    assertThat(file.read()).containsExactly(SMALL, LARGE);
    TuningEntry again = entry("Q8_0", "500M", Map.of("prompt-chunk", 256, "panel-rows", 192));
    file.put(again);
    assertThat(file.read()).containsExactly(LARGE, again);
    assertThat(file.path().getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void removesOneOfThem() {
    file.put(SMALL);
    file.put(LARGE);
    assertThat(file.remove(SMALL.key())).isTrue();
    assertThat(file.remove(SMALL.key())).isFalse();
    assertThat(file.read()).containsExactly(LARGE);
  }

  @Test
  void passesOverWhatItDoesNotKnow() throws IOException {
    file.put(LARGE);
    String text = Files.readString(file.path());
    String more = text.replace("\"cpu\" :", "\"later\" : { \"a\" : [ 1 ] }, \"cpu\" :");
    Files.writeString(file.path(), more.replace("\"entries\"", "\"more\" : null, \"entries\""));
    assertThat(file.read()).containsExactly(LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"jmr-tuning\": 2, \"entries\": []}",
        "{\"jmr-tuning\": 1, \"entries\": {}}",
        "{\"jmr-tuning\": 1, \"entries\": [7]}",
        "{\"jmr-tuning\": 1, \"entries\": [{\"cpu\": \"x\"}]}",
        "{\"jmr-tuning\": 1, \"entries\": [{\"cores\": 1e3}]}",
        "{\"jmr-tuning\": 1, \"entries\": [{\"settings\": {\"threads\": 99999999999}}]}",
        "{\"jmr-tuning\": 1, \"entries\": []} more"
      })
  void refusesWhatItDidNotWriteInOneLine(String text) throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.writeString(file.path(), text);
    assertThatThrownBy(file::read)
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(file.path() + ": expected what jmr bench tune writes: ")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> file.put(SMALL)).isInstanceOf(EngineException.class);
    assertThat(file.path()).hasContent(text);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    file.put(SMALL);
    file.put(LARGE);
    String text = Files.readString(file.path()).stripTrailing();
    for (int length = 0; length < text.length(); length++) {
      Files.writeString(file.path(), text.substring(0, length));
      assertThatThrownBy(file::read).as("length %d", length).isInstanceOf(EngineException.class);
    }
  }

  @Test
  void sizesAreRoundedToPowersOfTwo() {
    assertThat(TuningKey.sizeClass(1_240_000_000)).isEqualTo("1B");
    assertThat(TuningKey.sizeClass(3_200_000_000L)).isEqualTo("4B");
    assertThat(TuningKey.sizeClass(8_000_000_000L)).isEqualTo("8B");
    assertThat(TuningKey.sizeClass(596_000_000)).isEqualTo("500M");
    assertThat(TuningKey.sizeClass(135_000_000)).isEqualTo("125M");
    assertThat(TuningKey.sizeClass(1_400_000)).isEqualTo("2M");
    assertThat(TuningKey.sizeClass(0)).isEqualTo("0K");
  }
}
