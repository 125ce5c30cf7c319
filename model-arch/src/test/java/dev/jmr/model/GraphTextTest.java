package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The graphs of the architectures as text: a change of one shows up as a change of its file in `graphs`.
class GraphTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama-spm", "tiny-mixtral", "tiny-smollm3"})
  void buildsTheGraph(String name) {
    try (var model = Model.open(TestModels.path(name))) {
      assertThat(model.graph(512).toString().lines().toList())
          .isEqualTo(TestModels.text("/graphs/" + name + ".txt").lines().toList());
    }
  }
}
