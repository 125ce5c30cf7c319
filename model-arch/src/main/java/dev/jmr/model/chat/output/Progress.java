package dev.jmr.model.chat.output;

/// How far a reader is after a character.
enum Progress {
  /// It took the character and wants more.
  MORE,
  /// It took the character, and with it all that it reads is there.
  DONE,
  /// It is at its end and did not take the character.
  DONE_BEFORE,
  /// The character cannot stand there; it did not take it.
  BROKEN
}
