package dev.jmr.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.Model;
import dev.jmr.model.TestModels;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.EngineProvider;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningChoiceTest {
  private static final Path MODEL = TestModels.path("tiny-llama-spm-f16");
  private static final BackendProvider CPU = Backends.named(Backends.candidates(), "cpu");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("tuning.json");
  }

  private void write(Map<String, Integer> settings) {
    try (Model model = Model.open(MODEL)) {
      Tuning tuning = new Tuning(settings);
      new TuningFile(file())
          .put(new TuningEntry(TuningKey.of(model, CPU), "1.2", "2026-11-22", tuning));
    }
  }

  private TuningChoice choice() {
    try (Model model = Model.open(MODEL)) {
      return TuningChoice.of(Optional.of(file()), model, CPU);
    }
  }

  @Test
  void withoutAFileOrAnEntryEverythingHasItsStandard() {
    assertThat(choice()).isEqualTo(new TuningChoice(Tuning.NONE, Optional.empty()));
    write(Map.of("threads", 3));
    try (Model other = Model.open(TestModels.path("tiny-llama-spm"))) {
      assertThat(TuningChoice.of(Optional.of(file()), other, CPU).tuning()).isEqualTo(Tuning.NONE);
    }
    assertThat(Tuning.NONE.threads(0)).isZero();
    assertThat(Tuning.NONE.promptChunk(0)).isEqualTo(512);
    assertThat(Tuning.NONE.backend(Map.of())).isEmpty();
  }

  @Test
  void whatIsAskedForWins() {
    Tuning tuning = new Tuning(Map.of("threads", 3, "prompt-chunk", 64, "panel-rows", 192));
    assertThat(tuning.threads(0)).isEqualTo(3);
    assertThat(tuning.threads(1)).isEqualTo(1);
    assertThat(tuning.promptChunk(0)).isEqualTo(64);
    assertThat(tuning.promptChunk(7)).isEqualTo(7);
    assertThat(tuning.backend(Map.of())).isEqualTo(Map.of("panel-rows", 192));
    assertThat(tuning.backend(Map.of("panel-rows", 96))).isEqualTo(Map.of("panel-rows", 96));
  }

  @Test
  void theEngineUsesTheEntryThatFitsAndSaysSo() {
    write(Map.of("threads", 3, "prompt-chunk", 64));
    EngineOptions options = EngineOptions.defaults().withTuning(file());
    try (Engine engine = load(options)) {
      assertThat(engine.description().backend()).endsWith("3 threads");
      assertThat(engine.description().notes())
          .contains("tuned settings: prompt-chunk 64, threads 3 (measured 2026-11-22 by jmr 1.2)");
    }
    try (Engine engine = load(options.withThreads(1))) {
      assertThat(engine.description().backend()).endsWith("1 thread");
    }
    try (Engine engine = load(EngineOptions.defaults())) {
      assertThat(engine.description().notes()).noneMatch(note -> note.contains("tuned"));
    }
  }

  private static Engine load(EngineOptions options) {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("local"))
        .findFirst()
        .orElseThrow()
        .load(new ModelArtifact(MODEL), options);
  }

  @Test
  void aFileThatCannotBeUsedIsIgnoredWithAWarning() throws IOException {
    Files.writeString(file(), "{\"someone\": \"else\"}");
    assertThat(choice().tuning()).isEqualTo(Tuning.NONE);
    assertThat(choice().note())
        .hasValueSatisfying(note ->
            assertThat(note)
                .startsWith("warning: tuning is ignored: " + file() + ": expected what")
                .doesNotContain("\n"));
  }

  @Test
  void anEntryWithSettingsThatMakeNoSenseIsIgnoredWithAWarning() {
    for (String name : new String[] {"colour", "panel-rows", "threads", "prompt-chunk"}) {
      write(Map.of(name, -5, "chunk-bytes", 32768));
      assertThat(choice().tuning()).isEqualTo(Tuning.NONE);
      assertThat(choice().note())
          .hasValueSatisfying(
              note -> assertThat(note).startsWith("warning: tuning is ignored: ").contains(name));
    }
  }
}
