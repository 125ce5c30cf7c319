package dev.jmr.gguf;

import static dev.jmr.gguf.GgufLimits.MAX_TENSOR_NAME_BYTES;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the tensor table of a header and checks that every tensor has its own place in the data behind it.
final class TensorTableReader {
  private final HeaderCursor in;
  private final int alignment;
  private final List<TensorTable.Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  TensorTableReader(HeaderCursor in, int alignment) {
    this.in = in;
    this.alignment = alignment;
  }

  /// Reads `count` entries, which end the header.
  TensorTable parse(int count, long fileSize) {
    for (int i = 0; i < count; i++) {
      in.subject("tensor " + i);
      entries.add(entry());
    }
    long dataStart = GgufLimits.alignUp(in.position(), alignment);
    for (TensorTable.Entry entry : entries) {
      checkRange(entry, dataStart, fileSize);
    }
    checkOverlap();
    return new TensorTable(dataStart, List.copyOf(entries));
  }

  private TensorTable.Entry entry() {
    long nameAt = in.position();
    String name = in.string(1, MAX_TENSOR_NAME_BYTES);
    in.subject("tensor", name);
    if (!names.add(name)) {
      throw in.failure(nameAt, "expected each tensor name once, got it twice");
    }
    long shapeAt = in.position();
    Shape shape = shape();
    TensorType type = type();
    long offsetAt = in.position();
    long offset = in.int64();
    if (offset < 0 || offset % alignment != 0) {
      throw in.failure(
          offsetAt,
          "expected a data offset in multiples of %d, got %s"
              .formatted(alignment, Long.toUnsignedString(offset)));
    }
    return new TensorTable.Entry(
        name, type, shape, offset, byteSize(shapeAt, type, shape), offsetAt);
  }

  /// The file lists axes innermost first.
  private Shape shape() {
    long at = in.position();
    long rank = in.uint32();
    if (rank < 1 || rank > Shape.MAX_AXES) {
      throw in.failure(at, "expected 1 to %d axes, got %d".formatted(Shape.MAX_AXES, rank));
    }
    long[] axes = new long[(int) rank];
    for (int i = axes.length - 1; i >= 0; i--) {
      axes[i] = in.int64();
    }
    try {
      return Shape.of(axes);
    } catch (ShapeMismatchException e) {
      throw in.failure(at, e);
    }
  }

  private TensorType type() {
    long at = in.position();
    int id = in.int32();
    return TensorType.ofId(id).orElseThrow(() -> in.failure(at, unknownType(id)));
  }

  private static String unknownType(int id) {
    boolean removed = id == 4 || id == 5 || (id >= 31 && id <= 33) || (id >= 36 && id <= 38);
    return removed
        ? "type %d was removed from ggml; convert the model again".formatted(id)
        : "expected the id of a ggml tensor type, got " + Integer.toUnsignedString(id);
  }

  private long byteSize(long shapeAt, TensorType type, Shape shape) {
    if (shape.columns() % type.blockSize() != 0) {
      throw in.failure(
          shapeAt,
          "expected rows in multiples of %d elements for %s, got %s"
              .formatted(type.blockSize(), type, shape));
    }
    try {
      return type.byteSize(shape);
    } catch (ShapeMismatchException e) {
      throw in.failure(shapeAt, e);
    }
  }

  private void checkRange(TensorTable.Entry entry, long dataStart, long fileSize) {
    long available = fileSize - dataStart;
    if (entry.byteSize() > available || entry.offset() > available - entry.byteSize()) {
      in.subject("tensor data");
      throw in.failure(
          entry.offsetAt(),
          "file ends at byte %d, tensor %s needs %d bytes from byte %s on; the download may be incomplete"
              .formatted(
                  fileSize,
                  Printable.of(entry.name()),
                  entry.byteSize(),
                  Long.toUnsignedString(dataStart + entry.offset())));
    }
  }

  private void checkOverlap() {
    List<TensorTable.Entry> byOffset = new ArrayList<>(entries);
    byOffset.sort(Comparator.comparingLong(TensorTable.Entry::offset));
    for (int i = 1; i < byOffset.size(); i++) {
      TensorTable.Entry before = byOffset.get(i - 1);
      TensorTable.Entry entry = byOffset.get(i);
      if (entry.offset() < before.offset() + before.byteSize()) {
        in.subject("tensor", entry.name());
        throw in.failure(
            entry.offsetAt(),
            "expected data of its own, got offset %d inside tensor %s"
                .formatted(entry.offset(), Printable.of(before.name())));
      }
    }
  }
}
