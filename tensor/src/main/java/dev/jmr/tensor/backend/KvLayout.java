package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorType;

/// How an executable keeps keys and values: in pages of [#PAGE_TOKENS] positions that sequences refer to by number, so
/// that sequences can share them.
///
/// With Q8_0 a key or value is a whole number from -127 to 127 times the scale of its group, which is kept in single
/// precision; inputs of convolutions are F16 then.
///
/// @param type F16, F32 or Q8_0
/// @param pageCount pages that can be in use at once, numbered from 0
public record KvLayout(TensorType type, int pageCount) {
  /// Positions in a page.
  public static final int PAGE_TOKENS = 32;

  public KvLayout {
    if (type != TensorType.F16 && type != TensorType.F32 && type != TensorType.Q8_0) {
      throw new IllegalArgumentException("kv cache type: expected F16, F32 or Q8_0, got " + type);
    }
    if (pageCount < 1) {
      throw new IllegalArgumentException("kv cache: expected at least one page, got " + pageCount);
    }
  }

  /// Elements of a head that share a scale with Q8_0: as many as in its blocks, or all, if the head is no multiple of it.
  public static int scaleGroup(int headLength) {
    int block = TensorType.Q8_0.blockSize();
    return headLength % block == 0 ? block : headLength;
  }

  /// Bytes of the keys, or of the values, of one position.
  ///
  /// @param width elements of all heads
  public long bytes(int width, int headLength) {
    return switch (type) {
      case F32 -> (long) width * Float.BYTES;
      case F16 -> (long) width * Short.BYTES;
      default -> width + (long) width / scaleGroup(headLength) * Float.BYTES;
    };
  }

  /// Bytes of the input of a convolution at one position.
  public long inputBytes(int width) {
    return (long) width * (type == TensorType.F32 ? Float.BYTES : Short.BYTES);
  }

  /// The pages that `tokens` positions take.
  public static int pagesFor(int tokens) {
    return Math.ceilDiv(tokens, PAGE_TOKENS);
  }
}
