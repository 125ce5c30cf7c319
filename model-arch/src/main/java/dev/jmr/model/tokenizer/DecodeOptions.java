package dev.jmr.model.tokenizer;

/// How ids are turned into text.
///
/// @param start the first id is the beginning of the text: the space that SPM and WPM put before the first word is
///     dropped again
/// @param special control tokens appear as they stand in the vocabulary instead of not at all
public record DecodeOptions(boolean start, boolean special) {
  /// A whole text, without control tokens.
  public static final DecodeOptions TEXT = new DecodeOptions(true, false);

  /// What follows a prompt, without control tokens.
  public static final DecodeOptions CONTINUATION = new DecodeOptions(false, false);
}
