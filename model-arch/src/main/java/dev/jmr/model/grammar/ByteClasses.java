package dev.jmr.model.grammar;

import java.util.Arrays;

/// Bytes that no state tells apart.
///
/// @param byteClass for each byte the number of its class
/// @param bytes one byte of each class
record ByteClasses(byte[] byteClass, int[] bytes) {

  static ByteClasses of(Automaton.State... states) {
    boolean[] begins = new boolean[257];
    begins[0] = true;
    for (Automaton.State state : states) {
      for (int i = 0; i < state.byteTarget().length; i++) {
        begins[state.firstByte()[i]] = true;
        begins[state.lastByte()[i] + 1] = true;
      }
    }
    byte[] byteClass = new byte[256];
    int[] bytes = new int[256];
    int classes = 0;
    for (int b = 0; b < 256; b++) {
      if (begins[b]) {
        bytes[classes++] = b;
      }
      byteClass[b] = (byte) (classes - 1);
    }
    return new ByteClasses(byteClass, Arrays.copyOf(bytes, classes));
  }
}
