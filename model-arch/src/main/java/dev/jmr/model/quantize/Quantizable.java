package dev.jmr.model.quantize;

import dev.jmr.tensor.Shape;
import java.util.List;
import java.util.Set;

/// Which tensors are worth quantizing: matrices of weights, but not the small ones whose errors would be felt
/// everywhere. Source: llama.cpp `tensor_allows_quantization`.
final class Quantizable {
  private static final Set<String> WHOLE_NAMES =
      Set.of("position_embd.weight", "token_types.weight");

  private static final List<String> PARTS =
      List.of(
          "_norm.weight",
          // expert gating
          "ffn_gate_inp.weight",
          "ffn_gate_tid2eid.weight",
          // very small
          "altup",
          "laurel",
          "per_layer_model_proj",
          // convolutions of state space models
          "ssm_conv1d",
          "shortconv.conv.weight",
          "indexer.k_proj.weight",
          "indexer.q_proj.weight",
          // RWKV
          "time_mix_first.weight",
          "time_mix_w0.weight",
          "time_mix_w1.weight",
          "time_mix_w2.weight",
          "time_mix_v0.weight",
          "time_mix_v1.weight",
          "time_mix_v2.weight",
          "time_mix_a0.weight",
          "time_mix_a1.weight",
          "time_mix_a2.weight",
          "time_mix_g1.weight",
          "time_mix_g2.weight",
          "time_mix_decay_w1.weight",
          "time_mix_decay_w2.weight",
          "time_mix_lerp_fused.weight",
          // relative positions of T5
          "attn_rel_b.weight",
          // pictures and sound
          ".position_embd",
          "sam.pos_embd",
          "sam.neck.",
          "sam.net_",
          ".rel_pos",
          ".patch_embd",
          ".patch_merger",
          "a.rvq.codebook",
          "mm.a.code_embd");

  private Quantizable() {}

  static boolean test(String name, Shape shape) {
    return name.endsWith("weight")
        && isMatrix(shape)
        && !WHOLE_NAMES.contains(name)
        && PARTS.stream().noneMatch(name::contains);
  }

  /// Whether more than the innermost axis is longer than 1.
  private static boolean isMatrix(Shape shape) {
    return shape.elementCount() > shape.columns();
  }
}
