package dev.jmr.model.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes a `precompiled_charsmap`, with 256 units for the children of each place, whether they are there or not.
final class CharsMapBytes {
  static final int BLOCK = 256;
  private static final int IS_VALUE = 1 << 31;
  private static final int ENDS_TEXT = 1 << 8;

  private final Map<Integer, Integer> units = new TreeMap<>();
  private final Map<Integer, Integer> bases = new HashMap<>();
  private final ByteArrayOutputStream replacements = new ByteArrayOutputStream();

  CharsMapBytes() {
    base(0);
  }

  /// The children of a unit; a new block where it has none yet.
  private int base(int unit) {
    return bases.computeIfAbsent(
        unit,
        u -> {
          int base = BLOCK * (bases.size() + 1);
          link(u, base);
          return base;
        });
  }

  /// Lets the children of `unit` be those at `base`.
  CharsMapBytes link(int unit, int base) {
    int rest = units.getOrDefault(unit, 0) & (ENDS_TEXT | 0xFF);
    units.put(unit, (unit ^ base) << 10 | rest);
    return this;
  }

  /// The unit that `text` leads to.
  int unit(String text) {
    int unit = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int child = base(unit) ^ (b & 0xFF);
      units.putIfAbsent(child, b & 0xFF);
      unit = child;
    }
    return unit;
  }

  /// Where the children of the unit are that `text` leads to.
  int children(String text) {
    return base(unit(text));
  }

  CharsMapBytes replace(String text, String replacement) {
    point(text, replacements.size());
    replacements.writeBytes((replacement + "\0").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// Lets `text` be replaced by what stands at `offset`.
  CharsMapBytes point(String text, int offset) {
    int unit = unit(text);
    int base = base(unit);
    units.merge(unit, ENDS_TEXT, (a, b) -> a | b);
    units.put(base, IS_VALUE | offset);
    return this;
  }

  /// Replacements without a zero behind them.
  CharsMapBytes append(String bytes) {
    replacements.writeBytes(bytes.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  byte[] encode() {
    int size = BLOCK * (bases.size() + 1);
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * (size + 1) + replacements.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(Integer.BYTES * size);
    for (int i = 0; i < size; i++) {
      bytes.putInt(units.getOrDefault(i, IS_VALUE));
    }
    return bytes.put(replacements.toByteArray()).array();
  }
}
