package dev.jmr.server.huggingface;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The quantization that a file's name tells: `Q4_K_M` of `Qwen3-0.6B-Q4_K_M.gguf`.
final class QuantLabel {
  private static final String SEPARATOR = "[-._]";

  /// Names in use: llama.cpp's types and mixtures, and the prefix `UD-` of dynamic ones.
  private static final Pattern LABEL =
      Pattern.compile(
          "(?<![a-z0-9])(?:ud"
              + SEPARATOR
              + ")?(?:i?q[1-8](?:"
              + SEPARATOR
              + "(?:k|nl|xxs|xs|s|m|l|xl|0|1|4|8))*|tq[12]"
              + SEPARATOR
              + "0|bf16|f16|f32|fp16|fp32|mxfp4(?:"
              + SEPARATOR
              + "moe)?|nvfp4)(?![a-z0-9])",
          Pattern.CASE_INSENSITIVE);

  private QuantLabel() {}

  /// The last label in a text, as it is written there.
  static Optional<String> find(String text) {
    Matcher matcher = LABEL.matcher(text);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(matcher.group());
    }
    return last;
  }

  /// A label or tag such that two that mean the same are equal: lower case, one kind of separator.
  static String normalized(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll(SEPARATOR, "_");
  }

  /// The same without the prefix of dynamic quantizations.
  static String withoutPrefix(String normalized) {
    return normalized.startsWith("ud_") ? normalized.substring("ud_".length()) : normalized;
  }
}
