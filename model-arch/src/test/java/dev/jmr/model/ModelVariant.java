package dev.jmr.model;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.gguf.TensorSource;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A test model with some keys and tensors changed.
public final class ModelVariant {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private record Added(TensorType type, Shape shape, TensorSource source) {}

  private final String base;
  private final Map<String, GgufValue> put = new LinkedHashMap<>();
  private final Map<String, Added> added = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();

  private ModelVariant(String base) {
    this.base = base;
  }

  public static ModelVariant of(String base) {
    return new ModelVariant(base);
  }

  public ModelVariant put(String key, GgufValue value) {
    put.put(key, value);
    return this;
  }

  /// Leaves out a key or a tensor.
  public ModelVariant remove(String name) {
    removed.add(name);
    return this;
  }

  /// Adds a tensor, or replaces one.
  public ModelVariant tensor(String name, Shape shape, float... values) {
    float[] elements = values.length > 0 ? values : new float[(int) shape.elementCount()];
    MemorySegment data = MemorySegment.ofArray(new byte[elements.length * Float.BYTES]);
    for (int i = 0; i < elements.length; i++) {
      data.setAtIndex(FLOAT, i, elements[i]);
    }
    added.put(name, new Added(TensorType.F32, shape, TensorSource.of(data)));
    return this;
  }

  /// Adds a tensor of any type, or replaces one; its bytes are 0.
  public ModelVariant tensor(String name, TensorType type, Shape shape) {
    MemorySegment zeros = MemorySegment.ofArray(new byte[Math.toIntExact(type.byteSize(shape))]);
    added.put(name, new Added(type, shape, TensorSource.of(zeros)));
    return this;
  }

  /// Writes the file into `directory`.
  public Path write(Path directory) {
    Path target = directory.resolve("variant.gguf");
    try (Gguf gguf = Gguf.open(TestModels.path(base))) {
      var writer = new GgufWriter();
      for (String key : gguf.metadata().keys()) {
        if (!removed.contains(key)) {
          writer.put(key, gguf.metadata().value(key).orElseThrow());
        }
      }
      put.forEach(writer::put);
      gguf.tensors().stream()
          .filter(tensor -> !removed.contains(tensor.name()) && !added.containsKey(tensor.name()))
          .forEach(writer::tensor);
      added.forEach((name, add) -> writer.tensor(name, add.type, add.shape, add.source));
      writer.write(target);
    }
    return target;
  }
}
