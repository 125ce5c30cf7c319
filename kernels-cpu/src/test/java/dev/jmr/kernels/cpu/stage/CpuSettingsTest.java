package dev.jmr.kernels.cpu.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CpuSettingsTest {
  private static final int ROWS = 960;
  private static final int COLUMNS = 256;
  private static final int ROW_BYTES = 4 * COLUMNS;

  @Test
  void standardValuesAreTheConstantsOfTheKernels() {
    CpuSettings standard = CpuSettings.of(Map.of());
    assertThat(standard).isEqualTo(new CpuSettings(12, PanelMatmul.ROWS, 64 * 1024, true));
    assertThat(CpuSettings.of(Map.of("copy-weights", 0)).copyWeights()).isFalse();
    assertThat(standard.panelRows() % SlicedRows.TILE).isZero();
  }

  @Test
  void panelRowsMustFitTheKernels() {
    assertThatThrownBy(() -> CpuSettings.of(Map.of("panel-rows", 100)))
        .isInstanceOf(TensorException.class)
        .hasMessage("setting panel-rows: expected a multiple of 96, 96 to 960, got 100");
  }

  /// `{tokens, chunks}`: which form is used, and how large its chunks are.
  @Test
  void settingsReachTheStages() {
    assertThat(chunks(Map.of(), 12)).isEqualTo(ROWS / 64);
    assertThat(chunks(Map.of(), 13)).isEqualTo(ROWS / 96);
    assertThat(chunks(Map.of("chunk-bytes", 32 * ROW_BYTES), 1)).isEqualTo(ROWS / 32);
    assertThat(chunks(Map.of("dot-tokens", 16), 16)).isEqualTo(ROWS / 64);
    assertThat(chunks(Map.of("dot-tokens", 4), 5)).isEqualTo(ROWS / 96);
    assertThat(chunks(Map.of("panel-rows", 480), 13)).isEqualTo(ROWS / 480);
  }

  private static int chunks(Map<String, Integer> given, int tokens) {
    CpuSettings settings = CpuSettings.of(given);
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = tensor(arena, ROWS);
      Value input = new GraphBuilder().embed(tensor(arena, 1));
      Projection projection = Projection.sliced(weight, settings);
      LinearStage stage =
          new LinearStage(input, List.of(new LinearStage.Part(projection, 0, 0)), settings);
      Step step = new Step(new Program.Sizes(tokens, 0, new int[0], AttentionSizes.NONE, 96));
      int[] positions = IntStream.range(0, tokens).toArray();
      step.begin(new Batch(new int[tokens], positions, new int[tokens], new int[1][1], new int[0]));
      return stage.chunks(step);
    }
  }

  private static Tensor tensor(Arena arena, int rows) {
    return new Tensor(
        "w", TensorType.F32, Shape.of(rows, COLUMNS), arena.allocate((long) rows * ROW_BYTES, 64));
  }
}
