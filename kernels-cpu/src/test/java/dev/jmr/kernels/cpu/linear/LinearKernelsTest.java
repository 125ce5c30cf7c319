package dev.jmr.kernels.cpu.linear;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.jmr.kernels.cpu.RandomWeights;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinearKernelsTest {
  @Test
  void everyKernelClassServesSomeType() {
    Set<String> written =
        new ClassFileImporter()
            .importPackages("dev.jmr.kernels.cpu.linear").stream()
                .filter(type -> type.isAssignableTo(LinearKernel.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    Set<String> served =
        Arrays.stream(TensorType.values())
            .filter(TensorType::computable)
            .map(type -> kernel(type, 256).getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(served).isEqualTo(written);
  }

  @Test
  void columnsThatDoNotFitAFastKernelGoThroughTheDecoder() {
    assertThat(kernel(TensorType.F16, 64)).isInstanceOf(F16Kernel.class);
    assertThat(kernel(TensorType.F16, 65)).isInstanceOf(DequantizeKernel.class);
  }

  private static LinearKernel kernel(TensorType type, int columns) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor weight = RandomWeights.of(arena, type, 1, columns, new Random(1));
      return LinearKernels.of(weight);
    }
  }
}
