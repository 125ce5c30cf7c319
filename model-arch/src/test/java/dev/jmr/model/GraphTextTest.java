package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.arch.Architecture;
import dev.jmr.model.arch.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The graphs of the architectures as text: a change of one shows up as a change of its file in `graphs`.
///
/// What a graph looks like now is written to `target/graphs`; when it is as it should be, copy it over the file.
class GraphTextTest {
  private static final int CONTEXT_LENGTH = 256;

  static Stream<String> snapshots() {
    return TestModels.names().stream()
        .filter(name -> GraphTextTest.class.getResource("/graphs/" + name + ".txt") != null);
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void buildsTheGraph(String name) throws IOException {
    try (var model = Model.open(TestModels.path(name))) {
      String text = model.graph(CONTEXT_LENGTH).toString();
      Path written = Path.of("target", "graphs", name + ".txt");
      Files.createDirectories(written.getParent());
      Files.writeString(written, text + "\n");
      assertThat(text.lines().toList())
          .isEqualTo(TestModels.text("/graphs/" + name + ".txt").lines().toList());
    }
  }

  @Test
  void everyArchitectureHasASnapshot() {
    Set<String> covered =
        snapshots()
            .map(name -> {
              try (var model = Model.open(TestModels.path(name))) {
                return model.hyperParameters().keys().architecture();
              }
            })
            .collect(Collectors.toSet());

    assertThat(Architectures.all())
        .extracting(Architecture::name)
        .containsExactlyInAnyOrderElementsOf(covered);
  }
}
