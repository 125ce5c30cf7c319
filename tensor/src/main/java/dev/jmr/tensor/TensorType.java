package dev.jmr.tensor;

import dev.jmr.tensor.quant.BF16;
import dev.jmr.tensor.quant.BlockFormat;
import dev.jmr.tensor.quant.F16;
import dev.jmr.tensor.quant.F32;
import dev.jmr.tensor.quant.IQ1_M;
import dev.jmr.tensor.quant.IQ1_S;
import dev.jmr.tensor.quant.IQ2_S;
import dev.jmr.tensor.quant.IQ2_XS;
import dev.jmr.tensor.quant.IQ2_XXS;
import dev.jmr.tensor.quant.IQ3_S;
import dev.jmr.tensor.quant.IQ3_XXS;
import dev.jmr.tensor.quant.IQ4_NL;
import dev.jmr.tensor.quant.IQ4_XS;
import dev.jmr.tensor.quant.MXFP4;
import dev.jmr.tensor.quant.NVFP4;
import dev.jmr.tensor.quant.Q1_0;
import dev.jmr.tensor.quant.Q2_0;
import dev.jmr.tensor.quant.Q2_K;
import dev.jmr.tensor.quant.Q3_K;
import dev.jmr.tensor.quant.Q4_0;
import dev.jmr.tensor.quant.Q4_1;
import dev.jmr.tensor.quant.Q4_K;
import dev.jmr.tensor.quant.Q5_0;
import dev.jmr.tensor.quant.Q5_1;
import dev.jmr.tensor.quant.Q5_K;
import dev.jmr.tensor.quant.Q6_K;
import dev.jmr.tensor.quant.Q8_0;
import dev.jmr.tensor.quant.TQ1_0;
import dev.jmr.tensor.quant.TQ2_0;
import java.util.Optional;

/// The element types of ggml, by the id that GGUF files use.
///
/// Types that carry a [BlockFormat] can be computed with; the others are known by name and size only, so that a file
/// that holds them can be listed. Source: ggml `enum ggml_type` and its type traits.
public enum TensorType {
  F32(0, new F32()),
  F16(1, new F16()),
  Q4_0(2, new Q4_0()),
  Q4_1(3, new Q4_1()),
  Q5_0(6, new Q5_0()),
  Q5_1(7, new Q5_1()),
  Q8_0(8, new Q8_0()),
  Q8_1(9, 32, 36),
  Q2_K(10, new Q2_K()),
  Q3_K(11, new Q3_K()),
  Q4_K(12, new Q4_K()),
  Q5_K(13, new Q5_K()),
  Q6_K(14, new Q6_K()),
  Q8_K(15, 256, 292),
  IQ2_XXS(16, new IQ2_XXS()),
  IQ2_XS(17, new IQ2_XS()),
  IQ3_XXS(18, new IQ3_XXS()),
  IQ1_S(19, new IQ1_S()),
  IQ4_NL(20, new IQ4_NL()),
  IQ3_S(21, new IQ3_S()),
  IQ2_S(22, new IQ2_S()),
  IQ4_XS(23, new IQ4_XS()),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, new IQ1_M()),
  BF16(30, new BF16()),
  TQ1_0(34, new TQ1_0()),
  TQ2_0(35, new TQ2_0()),
  MXFP4(39, new MXFP4()),
  NVFP4(40, new NVFP4()),
  Q1_0(41, new Q1_0()),
  Q2_0(42, new Q2_0());

  private final int id;
  private final int blockSize;
  private final int blockBytes;
  private final Optional<BlockFormat> format;

  TensorType(int id, BlockFormat format) {
    this.id = id;
    this.blockSize = format.blockSize();
    this.blockBytes = format.blockBytes();
    this.format = Optional.of(format);
  }

  TensorType(int id, int blockSize, int blockBytes) {
    this.id = id;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
    this.format = Optional.empty();
  }

  /// The type with ggml's number `id`, if there is one.
  public static Optional<TensorType> ofId(int id) {
    for (TensorType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// ggml's number of this type.
  public int id() {
    return id;
  }

  /// Elements in a block; a row is a whole number of blocks.
  public int blockSize() {
    return blockSize;
  }

  /// Bytes of a block.
  public int blockBytes() {
    return blockBytes;
  }

  /// Whether this type can be computed with.
  public boolean computable() {
    return format.isPresent();
  }

  /// How blocks of this type are encoded.
  ///
  /// @throws UnsupportedTensorTypeException if the type is known by name only
  public BlockFormat format() {
    return format.orElseThrow(() ->
        new UnsupportedTensorTypeException(
            "tensor type " + name() + " cannot be computed with yet"));
  }

  /// The bytes that a tensor of this type and shape takes.
  ///
  /// @throws ShapeMismatchException if the innermost axis is not a multiple of the block size or the size overflows
  public long byteSize(Shape shape) {
    if (shape.columns() % blockSize != 0) {
      throw new ShapeMismatchException(
          "%s%s: expected rows in multiples of %d elements".formatted(name(), shape, blockSize));
    }
    long blocks = shape.elementCount() / blockSize;
    if (blocks > Long.MAX_VALUE / blockBytes) {
      throw new ShapeMismatchException(name() + shape + ": size in bytes does not fit 63 bits");
    }
    return blocks * blockBytes;
  }
}
