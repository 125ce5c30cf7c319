package dev.jmr.model.quantize;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names and shapes of a model's tensors, all F16 and all zero.
record ModelSkeleton(
    String architecture,
    int blocks,
    int heads,
    int kvHeads,
    int experts,
    boolean tied,
    int width,
    int feedForward) {
  private static final int VOCABULARY = 32;
  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[2 * 576 * 1536]);

  static ModelSkeleton named(String name) {
    return switch (name) {
      case "llama-16-tied" -> new ModelSkeleton("llama", 16, 32, 8, 0, true, 256, 256);
      case "llama-32" -> new ModelSkeleton("llama", 32, 32, 8, 0, false, 256, 256);
      case "llama-32-mha" -> new ModelSkeleton("llama", 32, 8, 8, 0, false, 256, 256);
      case "llama-80" -> new ModelSkeleton("llama", 80, 64, 8, 0, false, 256, 256);
      case "llama-12-odd" -> new ModelSkeleton("llama", 12, 9, 3, 0, true, 576, 1536);
      case "mixtral-32" -> new ModelSkeleton("llama", 32, 32, 8, 8, false, 256, 256);
      case "mixtral-16" -> new ModelSkeleton("llama", 16, 32, 8, 4, false, 256, 256);
      case "phi3-20" -> new ModelSkeleton("phi3", 20, 32, 8, 0, false, 256, 256);
      case "falcon-32" -> new ModelSkeleton("falcon", 32, 8, 1, 0, false, 256, 256);
      default -> throw new IllegalArgumentException(name);
    };
  }

  GgufMetadata metadata() {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("general.architecture", GgufValue.string(architecture));
    values.put(architecture + ".block_count", GgufValue.uint32(blocks));
    values.put(architecture + ".attention.head_count", GgufValue.uint32(heads));
    values.put(architecture + ".attention.head_count_kv", GgufValue.uint32(kvHeads));
    if (experts > 0) {
      values.put(architecture + ".expert_count", GgufValue.uint32(experts));
    }
    return GgufMetadata.of(values);
  }

  List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tensor("token_embd", VOCABULARY, width));
    // Ranks are of blocks, not of the file's order.
    for (int i = blocks - 1; i >= 0; i--) {
      addBlock(tensors, "blk." + i + ".");
    }
    tensors.add(tensor("output_norm", width));
    if (!tied) {
      tensors.add(tensor("output", VOCABULARY, width));
    }
    return tensors;
  }

  private void addBlock(List<Tensor> tensors, String prefix) {
    int kv = kvHeads * (width / heads);
    if (architecture.equals("llama")) {
      tensors.add(tensor(prefix + "attn_q", width, width));
      tensors.add(tensor(prefix + "attn_k", kv, width));
      tensors.add(tensor(prefix + "attn_v", kv, width));
    } else {
      tensors.add(tensor(prefix + "attn_qkv", width + 2 * kv, width));
    }
    tensors.add(tensor(prefix + "attn_output", width, width));
    tensors.add(tensor(prefix + "attn_norm", width));
    if (experts > 0) {
      tensors.add(tensor(prefix + "ffn_gate_inp", experts, width));
      tensors.add(tensor(prefix + "ffn_gate_exps", experts, feedForward, width));
      tensors.add(tensor(prefix + "ffn_up_exps", experts, feedForward, width));
      tensors.add(tensor(prefix + "ffn_down_exps", experts, width, feedForward));
    } else {
      tensors.add(tensor(prefix + "ffn_gate", feedForward, width));
      tensors.add(tensor(prefix + "ffn_up", feedForward, width));
      tensors.add(tensor(prefix + "ffn_down", width, feedForward));
    }
  }

  private static Tensor tensor(String name, long... axes) {
    Shape shape = Shape.of(axes);
    MemorySegment data = ZEROS.asSlice(0, TensorType.F16.byteSize(shape));
    return new Tensor(name + ".weight", TensorType.F16, shape, data);
  }
}
