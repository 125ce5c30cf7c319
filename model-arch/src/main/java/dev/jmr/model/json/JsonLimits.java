package dev.jmr.model.json;

/// What a JSON text may have at most.
///
/// @param characters length of the text in Java's `char`
/// @param depth nested objects and arrays
/// @param values all values of the text, counted together
/// @param numberCharacters length of one number
public record JsonLimits(int characters, int depth, int values, int numberCharacters) {
  private static final int DEEPEST = 1000;

  /// For what clients send: 4 Mi characters, 128 deep, a million values, numbers of 128 characters.
  public static final JsonLimits STANDARD = new JsonLimits(4 << 20, 128, 1_000_000, 128);

  public JsonLimits {
    if (characters < 1 || depth < 1 || depth > DEEPEST || values < 1 || numberCharacters < 1) {
      throw new IllegalArgumentException(
          "json limits: expected at least 1 of each and a depth up to %d, got %d characters, depth %d, %d values, %d characters of a number"
              .formatted(DEEPEST, characters, depth, values, numberCharacters));
    }
  }
}
