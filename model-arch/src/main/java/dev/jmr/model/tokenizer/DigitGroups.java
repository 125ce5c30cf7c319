package dev.jmr.model.tokenizer;

/// Cuts words of digits into threes from the right, `1234567` into `1`, `234`, `567`; passes on all others.
record DigitGroups(CharSequence text, WordSplitter.Words words) implements WordSplitter.Words {
  private static final int GROUP = 3;

  @Override
  public void word(int from, int to) {
    if (!isNumber(Character.codePointAt(text, from))) {
      words.word(from, to);
      return;
    }
    int digits = Character.codePointCount(text, from, to);
    int length = digits % GROUP == 0 ? GROUP : digits % GROUP;
    int start = from;
    while (start < to) {
      int end = Character.offsetByCodePoints(text, start, length);
      words.word(start, end);
      start = end;
      length = GROUP;
    }
  }

  private static boolean isNumber(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }
}
