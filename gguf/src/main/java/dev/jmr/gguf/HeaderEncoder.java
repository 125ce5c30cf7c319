package dev.jmr.gguf;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Encodes the header of a file and lays out the data behind it.
final class HeaderEncoder {
  /// A tensor to write.
  record Entry(String name, TensorType type, Shape shape, TensorSource source) {
    long byteSize() {
      return type.byteSize(shape);
    }
  }

  private static final int VERSION = 3;

  private final Map<String, GgufValue> metadata;
  private final List<Entry> tensors;
  private final int alignment;
  private final List<Long> offsets = new ArrayList<>();
  private final long dataBytes;
  private final LittleEndianBytes out = new LittleEndianBytes();

  HeaderEncoder(Map<String, GgufValue> metadata, List<Entry> tensors) {
    this.metadata = metadata;
    this.tensors = tensors;
    this.alignment = alignment(metadata);
    long offset = 0;
    for (Entry tensor : tensors) {
      offsets.add(offset);
      offset = GgufLimits.alignUp(Math.addExact(offset, tensor.byteSize()), alignment);
    }
    this.dataBytes = offset;
  }

  private static int alignment(Map<String, GgufValue> metadata) {
    return switch (metadata.get(MetadataReader.ALIGNMENT_KEY)) {
      case null -> GgufLimits.DEFAULT_ALIGNMENT;
      case GgufValue.Int bytes when GgufLimits.isAlignment(bytes.value()) -> (int) bytes.value();
      case GgufValue other ->
          throw new GgufException(
              "key %s: expected a power of two up to %d, got %s"
                  .formatted(MetadataReader.ALIGNMENT_KEY, GgufLimits.MAX_ALIGNMENT, other));
    };
  }

  int alignment() {
    return alignment;
  }

  /// The bytes behind the header: all tensors, each padded to the alignment.
  long dataBytes() {
    return dataBytes;
  }

  /// The header, padded to the alignment.
  byte[] encode() {
    out.int32(GgufReader.MAGIC);
    out.int32(VERSION);
    out.int64(tensors.size());
    out.int64(metadata.size());
    metadata.forEach((key, value) -> {
      out.string(key);
      out.int32(value.type().id());
      value(value);
    });
    for (int i = 0; i < tensors.size(); i++) {
      tensor(tensors.get(i), offsets.get(i));
    }
    out.zeros((int) (GgufLimits.alignUp(out.size(), alignment) - out.size()));
    return out.toByteArray();
  }

  private void tensor(Entry tensor, long offset) {
    out.string(tensor.name());
    int rank = tensor.shape().rank();
    out.int32(rank);
    for (int i = rank - 1; i >= 0; i--) {
      out.int64(tensor.shape().axis(i));
    }
    out.int32(tensor.type().id());
    out.int64(offset);
  }

  private void value(GgufValue value) {
    switch (value) {
      case GgufValue.Int number -> out.scalar(number);
      case GgufValue.Real real when real.type() == ValueType.FLOAT32 ->
          out.int32(Float.floatToRawIntBits((float) real.value()));
      case GgufValue.Real real -> out.int64(Double.doubleToRawLongBits(real.value()));
      case GgufValue.Bool bool -> out.int8(bool.value() ? 1 : 0);
      case GgufValue.Text text -> out.string(text.value());
      case NumberArray numbers -> {
        arrayHead(numbers.elementType(), numbers.size());
        out.raw(numbers.encoded());
      }
      case StringArray strings -> {
        arrayHead(ValueType.STRING, strings.size());
        out.raw(strings.encoded());
      }
      case GgufValue.Nested nested -> {
        arrayHead(ValueType.ARRAY, nested.arrays().size());
        nested.arrays().forEach(this::value);
      }
    }
  }

  private void arrayHead(ValueType elementType, int count) {
    out.int32(elementType.id());
    out.int64(count);
  }
}
