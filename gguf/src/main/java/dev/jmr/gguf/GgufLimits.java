package dev.jmr.gguf;

/// The caps on what a file may ask for. All are far above what any real model holds.
final class GgufLimits {
  static final int MAX_METADATA_ENTRIES = 65_536;
  static final int MAX_TENSORS = 65_536;
  static final int MAX_SHARDS = 10_000;

  /// Everything in front of the tensor data, in bytes; what is kept of it is copied to the heap.
  static final long MAX_HEADER_BYTES = 256L << 20;

  static final int MAX_KEY_BYTES = 65_535;
  static final int MAX_TENSOR_NAME_BYTES = 64;
  static final int MAX_STRING_BYTES = 1 << 20;

  /// All keys, names and strings of a file together.
  static final int MAX_ALL_STRINGS_BYTES = 64 << 20;

  static final int MAX_ARRAY_ELEMENTS = 1 << 24;

  /// Arrays that are elements of an array, in a file.
  static final int MAX_NESTED_ARRAYS = 65_536;

  /// An array, and arrays in it, but no further.
  static final int MAX_ARRAY_DEPTH = 2;

  static final int DEFAULT_ALIGNMENT = 32;
  static final int MAX_ALIGNMENT = 64 << 10;

  /// Key length, one-byte key, value type, one-byte value.
  static final int MIN_METADATA_ENTRY_BYTES = 8 + 1 + 4 + 1;

  /// Name length, one-byte name, axis count, one axis, type, offset.
  static final int MIN_TENSOR_ENTRY_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

  private GgufLimits() {}

  static boolean isAlignment(long bytes) {
    return bytes >= 1 && bytes <= MAX_ALIGNMENT && Long.bitCount(bytes) == 1;
  }

  /// The first multiple of `alignment` (a power of two) at or after `offset`.
  static long alignUp(long offset, int alignment) {
    return Math.addExact(offset, alignment - 1) & -alignment;
  }
}
