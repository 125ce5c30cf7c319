package dev.jmr.model.quantize;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufMetadata;
import dev.jmr.model.arch.ModelException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The types that the tensors of a model are to have.
///
/// @param tensors all tensors, in the order of the file
public record TypePlan(List<Assignment> tensors) {
  /// A tensor, and the type that it is to have.
  public record Assignment(Tensor tensor, TensorType type) {
    /// Whether the tensor has another type now.
    public boolean converts() {
      return tensor.type() != type;
    }

    /// The bytes that the tensor will take.
    public long byteSize() {
      return type.byteSize(tensor.shape());
    }
  }

  private static final String BLOCK = "blk.";

  /// Decides for all tensors of a model; reads no tensor data.
  ///
  /// @throws ModelException if a tensor that is quantized already would have to be quantized again and `options` do not
  ///     allow it, or has a type that cannot be read
  public static TypePlan of(Gguf model, QuantizeOptions options) {
    return of(model.metadata(), model.tensors(), options);
  }

  static TypePlan of(GgufMetadata metadata, List<Tensor> tensors, QuantizeOptions options) {
    boolean tied = tensors.stream().noneMatch(tensor -> tensor.name().equals("output.weight"));
    ModelFacts facts = ModelFacts.of(metadata, tied);
    TypeRules rules = new TypeRules(options.fileType(), options.pure(), facts);
    Map<String, Integer> ranks = new HashMap<>();
    Map<TensorRole, Integer> counts = new EnumMap<>(TensorRole.class);
    tensors.stream()
        .map(Tensor::name)
        .sorted(Comparator.comparingInt(TypePlan::block).thenComparing(Comparator.naturalOrder()))
        .forEach(name -> ranks.put(name, counts.merge(TensorRole.of(name), 1, Integer::sum) - 1));
    return new TypePlan(
        tensors.stream()
            .map(tensor -> assign(tensor, facts, rules, ranks, counts))
            .map(assignment -> checked(assignment, options))
            .toList());
  }

  private static Assignment assign(
      Tensor tensor,
      ModelFacts facts,
      TypeRules rules,
      Map<String, Integer> ranks,
      Map<TensorRole, Integer> counts) {
    if (!Quantizable.test(tensor.name(), tensor.shape())) {
      return new Assignment(tensor, tensor.type());
    }
    TensorRole role = TensorRole.of(tensor.name());
    boolean down = role == TensorRole.FFN_DOWN;
    int index =
        down && facts.expertCount() > 1
            ? block(tensor.name())
            : ranks.getOrDefault(tensor.name(), 0);
    int count = down ? facts.blockCount() : counts.getOrDefault(role, 0);
    return new Assignment(tensor, rules.type(role, index, count, tensor.shape().columns()));
  }

  private static Assignment checked(Assignment assignment, QuantizeOptions options) {
    Tensor tensor = assignment.tensor();
    if (!assignment.converts()) {
      return assignment;
    }
    if (!tensor.type().computable()) {
      throw new ModelException(
          "tensor %s: type %s cannot be read".formatted(tensor.name(), tensor.type()));
    }
    if (!FileType.FLOATS.contains(tensor.type()) && !options.allowRequantize()) {
      throw new ModelException(
          "tensor %s: expected F32, F16 or BF16, got %s; start from a model that is not quantized yet, or allow it (--allow-requantize), which loses more than quantizing once"
              .formatted(tensor.name(), tensor.type()));
    }
    return assignment;
  }

  /// The number behind `blk.`; -1 outside of blocks.
  private static int block(String name) {
    int end = name.startsWith(BLOCK) ? name.indexOf('.', BLOCK.length()) : -1;
    String digits = end < 0 ? "" : name.substring(BLOCK.length(), end);
    return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
  }

  /// The bytes of all tensors before.
  public long bytesBefore() {
    return tensors.stream().mapToLong(assignment -> assignment.tensor().byteSize()).sum();
  }

  /// The bytes of all tensors after.
  public long bytesAfter() {
    return tensors.stream().mapToLong(Assignment::byteSize).sum();
  }

  /// The elements of all tensors.
  public long elementCount() {
    return tensors.stream().mapToLong(a -> a.tensor().shape().elementCount()).sum();
  }
}
