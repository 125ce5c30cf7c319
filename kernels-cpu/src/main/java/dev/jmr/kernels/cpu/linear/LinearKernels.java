package dev.jmr.kernels.cpu.linear;

import dev.jmr.kernels.cpu.vector.Lanes;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.util.Map;

/// The table of fast kernels by tensor type. A type without an entry goes through its reference decoder.
public final class LinearKernels {
  private static final Map<TensorType, LinearKernel> FAST =
      Map.ofEntries(
          Map.entry(TensorType.F32, new F32Kernel()),
          Map.entry(TensorType.F16, new F16Kernel()),
          Map.entry(TensorType.BF16, new BF16Kernel()),
          Map.entry(TensorType.Q8_0, new Q8_0Kernel()),
          Map.entry(TensorType.Q4_0, new Q4_0Kernel(false)),
          Map.entry(TensorType.Q2_K, new Q2_KKernel()),
          Map.entry(TensorType.Q3_K, new Q3_KKernel()),
          Map.entry(TensorType.Q4_K, new Q4_KKernel()),
          Map.entry(TensorType.Q5_K, new Q5_KKernel()),
          Map.entry(TensorType.Q6_K, new Q6_KKernel()),
          Map.entry(TensorType.Q4_1, new Q4_1Kernel(false)),
          Map.entry(TensorType.Q5_0, new Q5_0Kernel(false)),
          Map.entry(TensorType.Q5_1, new Q5_1Kernel(false)),
          Map.entry(TensorType.IQ4_NL, new IQ4_NLKernel(false)),
          Map.entry(TensorType.IQ4_XS, new IQ4_XSKernel()),
          Map.entry(TensorType.MXFP4, new MXFP4Kernel(false)));

  /// Kernels for vectors of 16 lanes that take four blocks at a time: faster, where a row is a whole number of fours.
  private static final Map<TensorType, LinearKernel> FOUR_BLOCKS =
      Lanes.COUNT < 16
          ? Map.of()
          : Map.ofEntries(
              Map.entry(TensorType.Q4_0, new Q4_0Kernel(true)),
              Map.entry(TensorType.Q4_1, new Q4_1Kernel(true)),
              Map.entry(TensorType.Q5_0, new Q5_0Kernel(true)),
              Map.entry(TensorType.Q5_1, new Q5_1Kernel(true)),
              Map.entry(TensorType.IQ4_NL, new IQ4_NLKernel(true)),
              Map.entry(TensorType.MXFP4, new MXFP4Kernel(true)));

  private LinearKernels() {}

  /// The kernel for a weight.
  ///
  /// @throws dev.jmr.tensor.UnsupportedTensorTypeException if its type cannot be computed with
  public static LinearKernel of(Tensor weight) {
    LinearKernel four = FOUR_BLOCKS.get(weight.type());
    if (four != null && fits(four, weight)) {
      return four;
    }
    LinearKernel fast = FAST.get(weight.type());
    return fast != null && fits(fast, weight) ? fast : new DequantizeKernel(weight.type());
  }

  /// Whether a weight has a kernel made for its type.
  public static boolean isFast(Tensor weight) {
    LinearKernel fast = FAST.get(weight.type());
    return fast != null && fits(fast, weight);
  }

  private static boolean fits(LinearKernel kernel, Tensor weight) {
    return weight.shape().columns() % kernel.order().blockLength() == 0;
  }
}
