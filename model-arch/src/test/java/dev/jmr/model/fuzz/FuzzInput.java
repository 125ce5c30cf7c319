package dev.jmr.model.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// An input taken apart: choices from its beginning, text from the rest. Where it has no more bytes, every choice is the
/// first.
public final class FuzzInput implements RandomGenerator {
  private static final char HIGH_HALF = '\uE000';
  private static final char LOW_HALF = '\uE001';

  private final byte[] bytes;
  private int at;

  public FuzzInput(byte... bytes) {
    this.bytes = bytes;
  }

  private int nextByte() {
    return at < bytes.length ? bytes[at++] & 0xFF : 0;
  }

  @Override
  public long nextLong() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | nextByte();
    }
    return value;
  }

  /// One byte where that is enough, so that an input stays readable.
  @Override
  public int nextInt(int bound) {
    int value = nextByte();
    if (bound > 256) {
      value = value << 16 | nextByte() << 8 | nextByte();
    }
    return value % bound;
  }

  @Override
  public int nextInt(int origin, int bound) {
    return origin + nextInt(bound - origin);
  }

  @Override
  public boolean nextBoolean() {
    return (nextByte() & 1) != 0;
  }

  public <T> T pick(List<T> options) {
    return options.get(nextInt(options.size()));
  }

  public boolean isEmpty() {
    return at >= bytes.length;
  }

  /// The rest as UTF-8, in which two characters for private use stand for the halves of a surrogate pair.
  public String text() {
    String text = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
    at = bytes.length;
    return text.replace(HIGH_HALF, '\uD83D').replace(LOW_HALF, '\uDE00');
  }

  /// Chance that depends on the whole input, for what a fuzzer need not steer.
  public RandomGenerator chance() {
    return new SplittableRandom(Arrays.hashCode(bytes));
  }
}
