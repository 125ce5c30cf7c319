package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// A part of an array to be copied back.
public class DataRange {
  private final TornadoNativeArray array;
  private long offset;
  private long size;

  /// The whole array.
  public DataRange(TornadoNativeArray tornadoNativeArray) {
    this.array = tornadoNativeArray;
  }

  /// From this element on.
  public DataRange withOffset(long offset) {
    this.offset = offset;
    return this;
  }

  /// So many elements; 0 = all.
  public DataRange withSize(long size) {
    this.size = size;
    return this;
  }

  /// The array that this is a part of.
  public TornadoNativeArray getArray() {
    return array;
  }

  /// Bytes before it.
  long from() {
    return offset * array.getElementSize();
  }

  /// Bytes of it.
  long length() {
    return size == 0 ? array.getNumBytesOfSegment() : size * array.getElementSize();
  }
}
