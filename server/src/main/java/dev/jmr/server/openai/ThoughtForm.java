package dev.jmr.server.openai;

import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;

/// Where an answer shows the thoughts of the model: `reasoning_format` of llama.cpp's server.
enum ThoughtForm {
  /// In `reasoning_content`: `deepseek`, `auto`, and where nothing is said.
  APART,

  /// In the text, between `<think>` and `</think>`: `none`.
  IN_TEXT,

  /// In both: `deepseek-legacy`.
  BOTH;

  /// @throws ApiException 400 if there is no such form
  static ThoughtForm read(Fields fields) {
    String name = fields.string("reasoning_format").orElse("auto");
    return switch (name) {
      case "auto", "deepseek" -> APART;
      case "none" -> IN_TEXT;
      case "deepseek-legacy" -> BOTH;
      default ->
          throw ApiException.invalid(
              "reasoning_format",
              "reasoning_format: expected none, auto, deepseek or deepseek-legacy, got '%s'"
                  .formatted(name));
    };
  }
}
