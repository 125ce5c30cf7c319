package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufWriterTest {
  @TempDir Path directory;

  @Test
  void writesAllValueTypes() {
    Map<String, GgufValue> values = RandomContent.allValueTypes();
    assertThat(values).hasSize(25);
    try (Gguf model = written(writer(values))) {
      assertThat(model.metadata().keys()).containsExactlyElementsOf(values.keySet());
      assertThat(model.metadata()).isEqualTo(GgufMetadata.of(values));
    }
  }

  @Test
  void writesWhateverMetadataThereIs() {
    for (int seed = 0; seed < 100; seed++) {
      Map<String, GgufValue> values = new RandomContent(seed).metadata();
      try (Gguf model = written(writer(values))) {
        assertThat(model.metadata()).as("seed %d", seed).isEqualTo(GgufMetadata.of(values));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 256, 65_536})
  void writesTensorsOfEveryType(int alignment) {
    List<Tensor> tensors = new RandomContent(7).tensorOfEveryType();
    var writer = new GgufWriter().put("general.alignment", GgufValue.uint32(alignment));
    tensors.forEach(writer::tensor);
    try (Gguf model = written(writer)) {
      assertSame(model.tensors(), tensors);
    }
  }

  @ParameterizedTest
  @FieldSource("dev.jmr.gguf.Fixtures#NAMES")
  void writesACopyThatReadsTheSame(String name) {
    try (Gguf original = Gguf.open(Fixtures.path(name))) {
      var writer = new GgufWriter().putAll(original.metadata());
      original.tensors().forEach(writer::tensor);
      try (Gguf copy = written(writer)) {
        assertThat(copy.metadata()).isEqualTo(original.metadata());
        assertSame(copy.tensors(), original.tensors());
      }
    }
  }

  @Test
  void asksForDataPieceByPiece() {
    TensorSource source =
        channel -> {
          for (int i = 0; i < 1000; i++) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) i, 1}));
          }
        };
    try (Gguf model =
        written(new GgufWriter().tensor("t", TensorType.I16, Shape.of(1000), source))) {
      assertThat(model.tensors().getFirst().data().asByteBuffer().get(2 * 999))
          .isEqualTo((byte) 999);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17})
  void refusesASourceOfAnotherSize(int bytes) throws IOException {
    TensorSource source = channel -> channel.write(ByteBuffer.allocate(bytes));
    Path path = Files.writeString(directory.resolve("model.gguf"), "as it was");
    var writer = new GgufWriter().tensor("t", TensorType.F32, Shape.of(4), source);
    assertThatThrownBy(() -> writer.write(path))
        .isInstanceOf(GgufException.class)
        .hasMessage("tensor t: expected 16 bytes of data, got " + (bytes > 16 ? "more" : bytes));
    assertThat(path).hasContent("as it was");
    assertThat(directory.toFile().list()).containsExactly("model.gguf");
  }

  @Test
  void attachesWhyDataCouldNotBeWritten() {
    var failure = new IOException("source is gone");
    var writer =
        new GgufWriter()
            .tensor(
                "t",
                TensorType.F32,
                Shape.of(4),
                channel -> {
                  throw failure;
                });
    Path path = directory.resolve("model.gguf");
    assertThatThrownBy(() -> writer.write(path))
        .isInstanceOf(GgufException.class)
        .hasMessageStartingWith(path + ": cannot be written: ")
        .hasCause(failure);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesBeforeAnyDataWhatTheReaderWouldRefuse() {
    TensorSource unasked =
        channel -> {
          throw new AssertionError("asked for data");
        };
    assertRefused(
        new GgufWriter()
            .tensor("same", TensorType.F32, Shape.of(1), unasked)
            .tensor("same", TensorType.F32, Shape.of(1), unasked),
        "tensor same: expected each tensor name once");
    assertRefused(
        new GgufWriter().put("", GgufValue.bool(true)), "expected a string of at least 1 bytes");
    assertRefused(
        new GgufWriter().put("text", GgufValue.string("x".repeat((1 << 20) + 1))),
        "key text: expected a string of at most 1048576 bytes");
    assertRefused(
        new GgufWriter().put("general.alignment", GgufValue.uint32(48)),
        "key general.alignment: expected a power of two up to 65536, got 48");
  }

  @Test
  void refusesRowsThatAreNotWholeBlocks() {
    assertThatThrownBy(
            () -> new GgufWriter().tensor("t", TensorType.Q4_K, Shape.of(2, 100), channel -> {}))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("Q4_K[2, 100]");
  }

  private void assertRefused(GgufWriter writer, String message) {
    assertThatThrownBy(() -> writer.write(directory.resolve("model.gguf")))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining(message);
    assertThat(directory).isEmptyDirectory();
  }

  private static GgufWriter writer(Map<String, GgufValue> values) {
    var writer = new GgufWriter();
    values.forEach(writer::put);
    return writer;
  }

  private Gguf written(GgufWriter writer) {
    Path path = directory.resolve("model.gguf");
    writer.write(path);
    return Gguf.open(path);
  }

  private static void assertSame(List<Tensor> actual, List<Tensor> expected) {
    assertThat(actual)
        .extracting(Tensor::toString)
        .containsExactlyElementsOf(expected.stream().map(Tensor::toString).toList());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).data().mismatch(expected.get(i).data()))
          .as("%s", actual.get(i))
          .isEqualTo(-1);
    }
  }
}
