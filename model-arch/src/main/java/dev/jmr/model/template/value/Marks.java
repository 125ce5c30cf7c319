package dev.jmr.model.template.value;

/// Characters by which a caller marks places of its texts and finds them again in what is rendered: the noncharacters from
/// U+FDD0 to U+FDEF, which nobody may exchange. Unlike in Python, nothing that quotes a text escapes them.
public final class Marks {
  private static final int FIRST = 0xFDD0;
  private static final int LAST = 0xFDEF;

  private Marks() {}

  /// Whether this character is one.
  public static boolean isMark(int character) {
    return character >= FIRST && character <= LAST;
  }
}
