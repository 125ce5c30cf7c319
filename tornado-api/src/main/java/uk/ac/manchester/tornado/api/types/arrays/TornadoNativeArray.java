package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// An array outside of the heap: a header, then the elements.
public abstract sealed class TornadoNativeArray permits FloatArray, IntArray {
  /// Bytes before the elements.
  public static final long ARRAY_HEADER = 16;

  private static final byte GARBAGE = (byte) 0xFF;

  private final int numberOfElements;
  private final MemorySegment withHeader;
  private final MemorySegment elements;

  TornadoNativeArray(int numberOfElements, int elementBytes) {
    this(
        Arena.ofAuto().allocate(ARRAY_HEADER + (long) numberOfElements * elementBytes, 64),
        elementBytes);
  }

  TornadoNativeArray(MemorySegment withHeader, int elementBytes) {
    this.withHeader = withHeader;
    this.elements = withHeader.asSlice(ARRAY_HEADER);
    this.numberOfElements = elements(elements.byteSize(), elementBytes);
  }

  static int elements(long bytes, int elementBytes) {
    if (bytes % elementBytes != 0) {
      throw new IllegalArgumentException(
          "array: expected a multiple of %d bytes, got %d".formatted(elementBytes, bytes));
    }
    return Math.toIntExact(bytes / elementBytes);
  }

  final MemorySegment data() {
    return elements;
  }

  /// The number of elements.
  public int getSize() {
    return numberOfElements;
  }

  /// The elements.
  public MemorySegment getSegment() {
    return elements;
  }

  /// The header and the elements.
  public MemorySegment getSegmentWithHeader() {
    return withHeader;
  }

  /// The bytes of header and elements.
  public long getNumBytesOfSegmentWithHeader() {
    return withHeader.byteSize();
  }

  /// The bytes of the elements.
  public long getNumBytesOfSegment() {
    return elements.byteSize();
  }

  /// The bytes of one element.
  public abstract int getElementSize();

  /// Another array of this size and type.
  abstract TornadoNativeArray another();

  /// Such an array as a device has it before anything was copied: with values that no computation survives unseen.
  ///
  /// Not of TornadoVM's API.
  public static TornadoNativeArray garbageLike(TornadoNativeArray array) {
    TornadoNativeArray garbage = Objects.requireNonNull(array).another();
    garbage.elements.fill(GARBAGE);
    return garbage;
  }
}
