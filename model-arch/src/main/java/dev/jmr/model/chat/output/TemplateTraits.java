package dev.jmr.model.chat.output;

import java.util.Set;

/// What a model's dialect is recognised by.
///
/// @param template the source of its chat template; empty if it has none
/// @param specialTokens the special tokens of its vocabulary
record TemplateTraits(String template, Set<String> specialTokens) {
  boolean has(String... markers) {
    for (String marker : markers) {
      if (!template.contains(marker)) {
        return false;
      }
    }
    return true;
  }

  boolean hasToken(String token) {
    return specialTokens.contains(token);
  }
}
