package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Numbers of the type `int`.
public final class IntArray extends TornadoNativeArray {
  private static final ValueLayout.OfInt ELEMENT = ValueLayout.JAVA_INT_UNALIGNED;

  /// All zero.
  public IntArray(int numberOfElements) {
    super(numberOfElements, 4);
  }

  private IntArray(MemorySegment withHeader) {
    super(withHeader, 4);
  }

  /// A copy of these values.
  public static IntArray fromArray(int[] values) {
    IntArray array = new IntArray(values.length);
    MemorySegment.copy(values, 0, array.getSegment(), ELEMENT, 0, values.length);
    return array;
  }

  /// A copy of this memory.
  public static IntArray fromSegment(MemorySegment segment) {
    IntArray array = new IntArray(elements(segment.byteSize(), 4));
    array.getSegment().copyFrom(segment);
    return array;
  }

  /// This memory itself, which begins with room for a header.
  public static IntArray fromSegmentShallow(MemorySegment segment) {
    return new IntArray(segment);
  }

  public int get(int index) {
    return data().getAtIndex(ELEMENT, index);
  }

  public void set(int index, int value) {
    data().setAtIndex(ELEMENT, index, value);
  }

  /// Sets all elements to this value.
  public void init(int value) {
    for (int i = 0; i < getSize(); i++) {
      set(i, value);
    }
  }

  /// A copy of the elements.
  public int[] toHeapArray() {
    return getSegment().toArray(ELEMENT);
  }

  @Override
  public int getElementSize() {
    return 4;
  }

  @Override
  TornadoNativeArray another() {
    return new IntArray(getSize());
  }
}
