package dev.jmr.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/// The merges of a BPE vocabulary: a pair of token ids to its rank and the token that the pair becomes.
///
/// Open-addressed, keyed by `left << 32 | right`. A merge of which a part or the result is no token can never be reached
/// from tokens and is left out.
final class MergeTable implements SymbolChain.MergeRule {
  private static final long FREE = -1;

  private final long[] pairs;
  private final int[] ranks;
  private final int[] results;
  private final int shift;

  /// The `count` merges, best first, each the texts of two tokens with a space between.
  ///
  /// @throws TokenizerException if one has no space
  MergeTable(Vocabulary vocabulary, int count, IntFunction<byte[]> merges) {
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(8, count + (count >> 1)));
    pairs = new long[1 << bits];
    Arrays.fill(pairs, FREE);
    ranks = new int[1 << bits];
    results = new int[count];
    shift = Long.SIZE - bits;
    TokenIndex index = vocabulary.index();
    byte[] joined = new byte[256];
    for (int rank = 0; rank < count; rank++) {
      byte[] merge = merges.apply(rank);
      int space = space(merge, rank);
      if (merge.length > joined.length) {
        joined = new byte[merge.length << 1];
      }
      System.arraycopy(merge, 0, joined, 0, space);
      System.arraycopy(merge, space + 1, joined, space, merge.length - space - 1);
      int left = index.find(merge, 0, space);
      int right = index.find(merge, space + 1, merge.length);
      int result = index.find(joined, 0, merge.length - 1);
      results[rank] = result;
      if (left != TokenIndex.NONE && right != TokenIndex.NONE && result != TokenIndex.NONE) {
        put(left, right, rank);
      }
    }
  }

  /// A space at the very front belongs to the left part.
  private static int space(byte[] merge, int rank) {
    for (int i = 1; i < merge.length; i++) {
      if (merge[i] == ' ') {
        return i;
      }
    }
    throw new TokenizerException(
        "tokenizer.ggml.merges[%d]: expected two tokens with a space between, got '%s'"
            .formatted(rank, new String(merge, StandardCharsets.UTF_8)));
  }

  private void put(int left, int right, int rank) {
    long pair = pair(left, right);
    int slot = slot(pair);
    while (pairs[slot] != FREE) {
      if (pairs[slot] == pair) {
        return;
      }
      slot = (slot + 1) & (pairs.length - 1);
    }
    pairs[slot] = pair;
    ranks[slot] = rank;
  }

  /// The rank of this pair of tokens, or [SymbolChain#NONE].
  int rank(int left, int right) {
    long pair = pair(left, right);
    for (int slot = slot(pair); pairs[slot] != FREE; slot = (slot + 1) & (pairs.length - 1)) {
      if (pairs[slot] == pair) {
        return ranks[slot];
      }
    }
    return SymbolChain.NONE;
  }

  @Override
  public int candidate(SymbolChain chain, int left, int right) {
    int leftId = chain.id(left);
    int rightId = chain.id(right);
    return leftId < 0 || rightId < 0 ? SymbolChain.NONE : rank(leftId, rightId);
  }

  @Override
  public int priority(int candidate) {
    return candidate;
  }

  @Override
  public int result(int candidate) {
    return results[candidate];
  }

  private static long pair(int left, int right) {
    return ((long) left << 32) | right;
  }

  private int slot(long pair) {
    return (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift);
  }
}
