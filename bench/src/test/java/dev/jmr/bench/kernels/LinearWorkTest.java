package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.LinearKernel;
import dev.jmr.kernels.cpu.linear.LinearKernels;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LinearWorkTest {
  private static final KernelShape.Matrix SHAPE = new KernelShape.Matrix("201x768", 201, 768);
  private static final int TOKENS = 40;

  static Stream<TensorType> types() {
    return Arrays.stream(TensorType.values()).filter(TensorType::computable);
  }

  private static KernelCase kernelCase(KernelFamily family, TensorType type) {
    int tokens = family == KernelFamily.PANEL ? TOKENS : 1;
    return new KernelCase(family, type, SHAPE, Place.CACHE, tokens, 0);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyKernelOfTheBackendAgrees(TensorType type) {
    for (KernelFamily family : KernelFamily.values()) {
      if (family.linear()) {
        assertThatCode(() -> kernelCase(family, type).prepare(1).close())
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KernelFamily.class,
      names = {"DOT", "PANEL", "UNPACK"})
  void threadsShareTheRowsAndAreCheckedEach(KernelFamily family) {
    try (KernelWork work = kernelCase(family, TensorType.Q8_0).prepare(3)) {
      work.run(5);
      work.check();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KernelFamily.class,
      names = {"DOT", "PANEL", "UNPACK"})
  void aKernelThatIsSlightlyWrongIsNotTimed(KernelFamily family) {
    for (boolean first : new boolean[] {true, false}) {
      try (KernelWork work = wrong(family, first)) {
        assertThatThrownBy(work::check)
            .isInstanceOf(KernelBenchException.class)
            .hasMessageStartingWith(family.label() + " row ")
            .hasMessageContaining("the kernel is wrong, not timed");
      }
    }
  }

  @Test
  void knowsWhatACallTakes() {
    try (KernelWork dot = kernelCase(KernelFamily.DOT, TensorType.Q4_K).prepare(2);
        KernelWork panel = kernelCase(KernelFamily.PANEL, TensorType.F16).prepare(1)) {
      assertThat(dot.bytesPerCall()).isEqualTo(201 * 768 / 256 * 144);
      assertThat(dot.flopsPerCall()).isEqualTo(2 * 201 * 768);
      assertThat(panel.bytesPerCall()).isEqualTo(201 * 768 * 2);
      assertThat(panel.flopsPerCall()).isEqualTo(2L * 201 * 768 * TOKENS);
    }
  }

  /// The work of a kernel that makes a mistake in one row of each chunk, the first or the last.
  private static KernelWork wrong(KernelFamily family, boolean first) {
    try (Arena arena = Arena.ofConfined()) {
      Shape shape = Shape.of(1, SHAPE.columns());
      MemorySegment data = arena.allocate(TensorType.Q8_0.byteSize(shape));
      Tensor weight = new Tensor("test", TensorType.Q8_0, shape, data);
      LinearKernel right = LinearKernels.of(weight);
      LinearKernel wrong = new WrongKernel(right, first);
      return new LinearWork(kernelCase(family, TensorType.Q8_0), SHAPE, wrong, 1);
    }
  }

  /// Off by a hundredth in the first row of a chunk or tile, or in the last of a chunk, the last but one of a tile.
  private record WrongKernel(LinearKernel right, boolean first) implements LinearKernel {
    private static final float FACTOR = 1.01f;

    @Override
    public ActivationOrder order() {
      return right.order();
    }

    @Override
    public void dot(
        MemorySegment band,
        int byteOffset,
        int bytes,
        int rowCount,
        int columns,
        float[] x,
        int xOffset,
        float[] out,
        int outOffset,
        float[] scratch) {
      right.dot(band, byteOffset, bytes, rowCount, columns, x, xOffset, out, outOffset, scratch);
      if (first) {
        out[outOffset] *= FACTOR;
      } else {
        out[outOffset + rowCount - 1] *= FACTOR;
      }
    }

    @Override
    public void unpack(
        MemorySegment band, int byteOffset, int column, int count, float[] tile, int offset) {
      right.unpack(band, byteOffset, column, count, tile, offset);
      int row = offset / PanelMatmul.DEPTH;
      if (row == (first ? 0 : PanelMatmul.ROWS - 2)) {
        for (int i = 0; i < count; i++) {
          tile[offset + i] *= FACTOR;
        }
      }
    }
  }
}
