package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorType;

/// How an executable keeps keys and values: in pages of [#PAGE_TOKENS] positions that sequences refer to by number, so
/// that sequences can share them.
///
/// @param type F16 or F32
/// @param pageCount pages that can be in use at once, numbered from 0
public record KvLayout(TensorType type, int pageCount) {
  /// Positions in a page.
  public static final int PAGE_TOKENS = 32;

  public KvLayout {
    if (type != TensorType.F16 && type != TensorType.F32) {
      throw new IllegalArgumentException("kv cache type: expected F16 or F32, got " + type);
    }
    if (pageCount < 1) {
      throw new IllegalArgumentException("kv cache: expected at least one page, got " + pageCount);
    }
  }

  /// The pages that `tokens` positions take.
  public static int pagesFor(int tokens) {
    return Math.ceilDiv(tokens, PAGE_TOKENS);
  }
}
