package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.SplitBackend;
import dev.jmr.tensor.graph.GraphSplit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every test model with its blocks on two backends, cut at each border.
class SplitLogitsTest {
  private static final float TOLERANCE = 2e-3f;

  /// The last blocks on `device`, the others on `host`.
  private record Split(BackendProvider host, BackendProvider device, int layers)
      implements BackendProvider {
    @Override
    public String name() {
      return "split";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Availability probe() {
      return new Availability.Available("split");
    }

    @Override
    public Backend open(BackendOptions options) {
      var device =
          new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.of(layers));
      return new SplitBackend(host.open(options), this.device.open(options), device);
    }
  }

  static Stream<Arguments> pairsAndModels() {
    BackendProvider first = TestModels.backends().getFirst();
    BackendProvider last = TestModels.backends().getLast();
    return TestModels.generators().stream()
        .filter(model -> !model.startsWith("tinyq-") || model.endsWith("Q4_K_M"))
        .flatMap(
            model -> Stream.of(Arguments.of(model, first, last), Arguments.of(model, last, first)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairsAndModels")
  void computesWhatOneBackendComputes(String name, BackendProvider host, BackendProvider device) {
    int[] prompt = TestModels.golden(name).promptIds();
    try (var model = Model.open(TestModels.path(name));
        var whole = new SingleSequence(device, model)) {
      float[] expected = whole.feed(prompt, prompt.length / 2 + 1);
      int blocks = GraphSplit.blockCount(model.graph(prompt.length));
      assertThat(blocks).isEqualTo(model.hyperParameters().blockCount());
      for (int layers = 1; layers < blocks; layers++) {
        try (var split = new SingleSequence(new Split(host, device, layers), model)) {
          assertThat(split.feed(prompt, prompt.length / 2 + 1))
              .as("%d blocks on %s", layers, device.name())
              .containsExactly(expected, within(TOLERANCE));
        }
      }
    }
  }
}
