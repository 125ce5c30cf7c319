package dev.jmr.model.chat.output;

import java.util.List;

/// How a language other than JSON writes values.
///
/// @param quotes what stands before and behind a string; the same on both sides
/// @param escapes whether a backslash escapes in a string
/// @param bareStrings whether a bare word may be a string
record LiteralSyntax(List<String> quotes, boolean escapes, boolean bareStrings) {
  static final LiteralSyntax PYTHON = new LiteralSyntax(List.of("\"", "'"), true, false);

  /// Gemma's: keys are bare, strings stand between special tokens.
  static final LiteralSyntax GEMMA = new LiteralSyntax(List.of("<|\"|>"), false, true);
}
