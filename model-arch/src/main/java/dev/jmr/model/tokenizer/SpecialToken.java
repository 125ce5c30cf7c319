package dev.jmr.model.tokenizer;

import java.util.List;

/// The tokens with a meaning: the metadata keys that name them, and the texts that they are known by where no key does.
/// Source: llama.cpp `llama_vocab::impl::load`.
enum SpecialToken {
  BOS(List.of("bos_token_id"), List.of()),
  EOS(List.of("eos_token_id"), List.of()),
  EOT(
      List.of("eot_token_id"),
      List.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "<｜end▁of▁sentence｜>",
          "<end_of_utterance>")),
  EOM(List.of("eom_token_id"), List.of("<|eom_id|>")),
  UNKNOWN(List.of("unknown_token_id"), List.of()),
  // The key is misspelt in every file.
  SEPARATOR(List.of("seperator_token_id"), List.of()),
  PADDING(List.of("padding_token_id"), List.of()),
  MASK(List.of("mask_token_id"), List.of()),
  FIM_PREFIX(
      List.of("fim_pre_token_id", "prefix_token_id"),
      List.of(
          "<|fim_prefix|>",
          "<fim-prefix>",
          "<fim_prefix>",
          "<｜fim▁begin｜>",
          "<PRE>",
          "▁<PRE>",
          "<|code_prefix|>",
          "<|prefix|>")),
  FIM_SUFFIX(
      List.of("fim_suf_token_id", "suffix_token_id"),
      List.of(
          "<|fim_suffix|>",
          "<fim-suffix>",
          "<fim_suffix>",
          "<｜fim▁hole｜>",
          "<SUF>",
          "▁<SUF>",
          "<|code_suffix|>",
          "<|suffix|>")),
  FIM_MIDDLE(
      List.of("fim_mid_token_id", "middle_token_id"),
      List.of(
          "<|fim_middle|>",
          "<fim-middle>",
          "<fim_middle>",
          "<｜fim▁end｜>",
          "<MID>",
          "▁<MID>",
          "<|code_middle|>",
          "<|middle|>")),
  FIM_PADDING(
      List.of("fim_pad_token_id"),
      List.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]")),
  FIM_REPOSITORY(
      List.of("fim_rep_token_id"),
      List.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>")),
  FIM_SEPARATOR(List.of("fim_sep_token_id"), List.of("<|file_sep|>"));

  /// Further texts that end a generation.
  static final List<String> END_OF_GENERATION =
      List.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<｜end▁of▁sentence｜>",
          "[e~[");

  private final List<String> keys;
  private final List<String> texts;

  SpecialToken(List<String> keys, List<String> texts) {
    this.keys = keys.stream().map(key -> "tokenizer.ggml." + key).toList();
    this.texts = texts;
  }

  List<String> keys() {
    return keys;
  }

  List<String> texts() {
    return texts;
  }
}
