package dev.jmr.model.quantize;

/// What a matrix does in a model, as far as that decides its type. Source: llama.cpp `tensor_get_category`.
public enum TensorRole {
  TOKEN_EMBD,
  OUTPUT,
  ATTN_K,
  /// Values; also where they are made together with others (`attn_qkv`, `attn_kv_b`).
  ATTN_V,
  ATTN_OUTPUT,
  FFN_DOWN,
  OTHER;

  /// The role that a tensor's name tells.
  public static TensorRole of(String name) {
    return switch (name) {
      case "output.weight" -> OUTPUT;
      case "token_embd.weight", "per_layer_token_embd.weight" -> TOKEN_EMBD;
      default -> ofBlock(name);
    };
  }

  private static TensorRole ofBlock(String name) {
    if (name.contains("attn_qkv.weight")
        || name.contains("attn_kv_b.weight")
        || name.contains("attn_v.weight")) {
      return ATTN_V;
    }
    if (name.contains("attn_k.weight")) {
      return ATTN_K;
    }
    if (name.contains("attn_output.weight")) {
      return ATTN_OUTPUT;
    }
    return name.contains("ffn_down") ? FFN_DOWN : OTHER;
  }
}
