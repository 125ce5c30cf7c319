package dev.jmr.model.chat;

import dev.jmr.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Templates for models whose files have none, chosen by the control tokens of the vocabulary: a model that was taught to
/// chat was given tokens for it.
public final class BuiltInTemplates {
  /// One template.
  ///
  /// @param name of the format, and of the resource
  /// @param tokens that a vocabulary must have
  record BuiltIn(String name, List<String> tokens) {}

  static final List<BuiltIn> ALL =
      List.of(
          new BuiltIn("chatml", List.of("<|im_start|>", "<|im_end|>")),
          new BuiltIn("llama3", List.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")),
          new BuiltIn("gemma", List.of("<start_of_turn>", "<end_of_turn>")),
          new BuiltIn("phi3", List.of("<|user|>", "<|assistant|>", "<|end|>")),
          new BuiltIn("granite", List.of("<|start_of_role|>", "<|end_of_role|>")),
          new BuiltIn("mistral", List.of("[INST]", "[/INST]")));

  private BuiltInTemplates() {}

  /// The name of the format that fits a vocabulary; empty if none does.
  public static Optional<String> nameFor(Tokenizer tokenizer) {
    return ALL.stream()
        .filter(each -> each.tokens().stream().allMatch(text -> tokenizer.idOf(text).isPresent()))
        .map(BuiltIn::name)
        .findFirst();
  }

  /// The Jinja text of a format.
  public static String source(String name) {
    try (InputStream in = BuiltInTemplates.class.getResourceAsStream(name + ".jinja")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
