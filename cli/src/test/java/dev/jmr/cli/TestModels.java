package dev.jmr.cli;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.gguf.TensorSource;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Variations of a fixture.
final class TestModels {
  static final String CHATML =
      """
      {% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
      """;

  private TestModels() {}

  /// The Llama 3 fixture with one metadata value replaced or added.
  static Path with(Path folder, String key, GgufValue value) {
    Path target = folder.resolve("changed.gguf");
    try (Gguf gguf = Gguf.open(Path.of(Jmr.LLAMA3))) {
      GgufWriter writer = new GgufWriter().putAll(gguf.metadata()).put(key, value);
      gguf.tensors().forEach(writer::tensor);
      writer.write(target);
    }
    return target;
  }

  /// The Q4_K_M fixture with all matrices of another type, and zeros in them.
  static Path retyped(Path folder, TensorType type) {
    Path target = folder.resolve("retyped.gguf");
    try (Gguf gguf = Gguf.open(Path.of(Jmr.Q4_K_M))) {
      GgufWriter writer = new GgufWriter().putAll(gguf.metadata());
      for (Tensor tensor : gguf.tensors()) {
        if (tensor.shape().rank() == 1) {
          writer.tensor(tensor);
        } else {
          byte[] zeros = new byte[(int) type.byteSize(tensor.shape())];
          writer.tensor(
              tensor.name(), type, tensor.shape(), TensorSource.of(MemorySegment.ofArray(zeros)));
        }
      }
      writer.write(target);
    }
    return target;
  }
}
