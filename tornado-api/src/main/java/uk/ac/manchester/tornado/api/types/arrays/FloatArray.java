package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Numbers of the type `float`.
public final class FloatArray extends TornadoNativeArray {
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /// All zero.
  public FloatArray(int numberOfElements) {
    super(numberOfElements, 4);
  }

  private FloatArray(MemorySegment withHeader) {
    super(withHeader, 4);
  }

  /// A copy of these values.
  public static FloatArray fromArray(float[] values) {
    FloatArray array = new FloatArray(values.length);
    MemorySegment.copy(values, 0, array.getSegment(), ELEMENT, 0, values.length);
    return array;
  }

  /// A copy of this memory.
  public static FloatArray fromSegment(MemorySegment segment) {
    FloatArray array = new FloatArray(elements(segment.byteSize(), 4));
    array.getSegment().copyFrom(segment);
    return array;
  }

  /// This memory itself, which begins with room for a header.
  public static FloatArray fromSegmentShallow(MemorySegment segment) {
    return new FloatArray(segment);
  }

  public float get(int index) {
    return data().getAtIndex(ELEMENT, index);
  }

  public void set(int index, float value) {
    data().setAtIndex(ELEMENT, index, value);
  }

  /// Sets all elements to this value.
  public void init(float value) {
    for (int i = 0; i < getSize(); i++) {
      set(i, value);
    }
  }

  /// A copy of the elements.
  public float[] toHeapArray() {
    return getSegment().toArray(ELEMENT);
  }

  @Override
  public int getElementSize() {
    return 4;
  }

  @Override
  TornadoNativeArray another() {
    return new FloatArray(getSize());
  }
}
