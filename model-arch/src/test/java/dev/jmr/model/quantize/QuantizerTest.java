package dev.jmr.model.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.gguf.TensorSource;
import dev.jmr.model.arch.ModelException;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuantizerTest {
  private static final String SOURCE = "/models/tiny-llama-spm.gguf";

  @TempDir private Path folder;

  private Path quantize(Gguf model, String name, FileType type, int threads) {
    Path target = folder.resolve(name);
    new Quantizer(model, new QuantizeOptions(type, false, false, threads)).write(target, _ -> {});
    return target;
  }

  @Test
  void writesWeightsOfTheNewTypeAndKeepsTheRest() {
    try (Gguf source = Fixture.open(SOURCE);
        Gguf target = Gguf.open(quantize(source, "q8.gguf", FileType.Q8_0, 2))) {
      assertThat(target.metadata().integer("general.file_type")).hasValue(7);
      assertThat(target.metadata().integer("general.quantization_version")).hasValue(2);
      assertThat(target.metadata().keys()).containsAll(source.metadata().keys());
      assertThat(target.metadata().strings("tokenizer.ggml.tokens"))
          .isEqualTo(source.metadata().strings("tokenizer.ggml.tokens"));
      for (Tensor tensor : source.tensors()) {
        Tensor written = target.tensor(tensor.name()).orElseThrow();
        assertThat(written.shape()).isEqualTo(tensor.shape());
        if (tensor.shape().rank() == 1) {
          assertThat(written.data().mismatch(tensor.data())).isEqualTo(-1);
        } else {
          assertThat(written.type()).isEqualTo(TensorType.Q8_0);
          assertThat(error(tensor, written)).isLessThan(0.01);
        }
      }
    }
  }

  @Test
  void threadsDoNotChangeTheBytes() {
    try (Gguf source = Fixture.open(SOURCE)) {
      assertThat(quantize(source, "one.gguf", FileType.Q4_0, 1))
          .hasSameBinaryContentAs(quantize(source, "three.gguf", FileType.Q4_0, 3));
    }
  }

  @Test
  void readsShardsAndTellsHowFarItIs() {
    try (Gguf source = Fixture.open(SOURCE)) {
      GgufWriter writer = new GgufWriter().putAll(source.metadata());
      source.tensors().forEach(writer::tensor);
      Path first = writer.writeShards(folder, "shard", 100_000).getFirst();
      List<Long> told = new ArrayList<>();
      try (Gguf shards = Gguf.open(first)) {
        assertThat(shards.paths().size()).isGreaterThan(1);
        Quantizer quantizer =
            new Quantizer(shards, new QuantizeOptions(FileType.Q4_0, false, false, 1));
        quantizer.write(folder.resolve("whole.gguf"), told::add);
        assertThat(told).isSorted().endsWith(quantizer.plan().bytesBefore());
      }
      assertThat(folder.resolve("whole.gguf"))
          .hasSameBinaryContentAs(quantize(source, "direct.gguf", FileType.Q4_0, 1));
    }
  }

  @Test
  void refusesWeightsThatAreNoNumbersAndLeavesNothing() {
    byte[] bytes = new byte[2 * 32 * Float.BYTES];
    float[] values = new float[64];
    values[40] = Float.NaN;
    TensorType.F32.format().quantize(values, 0, MemorySegment.ofArray(bytes), 0, 64);
    Path damaged = folder.resolve("damaged.gguf");
    new GgufWriter()
        .tensor(
            "x.weight",
            TensorType.F32,
            Shape.of(2, 32),
            TensorSource.of(MemorySegment.ofArray(bytes)))
        .write(damaged);
    try (Gguf source = Gguf.open(damaged)) {
      assertThatThrownBy(() -> quantize(source, "out.gguf", FileType.Q8_0, 1))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("tensor x.weight: expected finite weights");
    }
    assertThat(folder.toFile().list()).containsExactly("damaged.gguf");
    assertThat(Files.exists(folder.resolve("out.gguf"))).isFalse();
  }

  private static double error(Tensor expected, Tensor actual) {
    float[] a = values(expected);
    float[] b = values(actual);
    double error = 0;
    double signal = 0;
    for (int i = 0; i < a.length; i++) {
      error += (a[i] - b[i]) * (double) (a[i] - b[i]);
      signal += a[i] * (double) a[i];
    }
    return Math.sqrt(error / signal);
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().elementCount()];
    tensor.type().format().dequantize(tensor.data(), 0, values, 0, values.length);
    return values;
  }
}
