package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Blocks;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The weights as devices read them: types that kernels know in their own blocks, others in such blocks if these keep their
/// numbers ([Conversion]), else as float32.
final class DeviceWeights {
  private static final System.Logger LOG = System.getLogger(DeviceWeights.class.getName());
  private static final int ROWS_AT_ONCE = 64;

  private final Map<MemorySegment, FloatArray> floats = new HashMap<>();
  private final Map<MemorySegment, IntArray> blocks = new HashMap<>();

  /// Whether kernels read it as floats.
  static boolean isFloats(Tensor tensor) {
    return tensor.shape().columns() % Blocks.UNIT != 0
        || (own(tensor.type()).isEmpty() && Conversion.of(tensor.type()).isEmpty());
  }

  /// The number of the type that it has on the device, where it is not read as floats.
  static int type(Tensor tensor) {
    return own(tensor.type()).orElseGet(() -> Conversion.of(tensor.type()).orElseThrow().type);
  }

  private static OptionalInt own(TensorType type) {
    return switch (type) {
      case F16 -> OptionalInt.of(Blocks.F16);
      case Q8_0 -> OptionalInt.of(Blocks.Q8_0);
      case Q4_0 -> OptionalInt.of(Blocks.Q4_0);
      case Q4_K -> OptionalInt.of(Blocks.Q4_K);
      case Q5_K -> OptionalInt.of(Blocks.Q5_K);
      case Q6_K -> OptionalInt.of(Blocks.Q6_K);
      default -> OptionalInt.empty();
    };
  }

  /// Bytes that it takes on the device.
  static long bytes(Tensor tensor) {
    if (isFloats(tensor)) {
      return elements(tensor) * Float.BYTES;
    }
    return Conversion.of(tensor.type())
        .map(conversion -> conversion.bytes(elements(tensor)))
        .orElse(tensor.byteSize());
  }

  private static long elements(Tensor tensor) {
    return tensor.byteSize() / tensor.type().blockBytes() * tensor.type().blockSize();
  }

  /// A tensor as floats.
  FloatArray floats(Tensor tensor) {
    return floats.computeIfAbsent(
        tensor.data(),
        data -> {
          FloatArray array = new FloatArray(requireInt(tensor, elements(tensor)));
          if (tensor.type() == TensorType.F32) {
            array.getSegment().copyFrom(data);
          } else {
            tell(tensor, "F32");
            eachPart(
                tensor,
                (at, part, count) ->
                    MemorySegment.copy(
                        part,
                        0,
                        array.getSegment(),
                        ValueLayout.JAVA_FLOAT,
                        at * Float.BYTES,
                        count));
          }
          return array;
        });
  }

  /// A tensor as blocks of the type that [#type] tells.
  IntArray blocks(Tensor tensor) {
    return blocks.computeIfAbsent(
        tensor.data(),
        data -> {
          IntArray array =
              new IntArray(requireInt(tensor, Math.ceilDiv(bytes(tensor), Integer.BYTES)));
          Optional<Conversion> conversion = Conversion.of(tensor.type());
          if (conversion.isEmpty()) {
            MemorySegment.copy(data, 0, array.getSegment(), 0, data.byteSize());
          } else {
            tell(tensor, conversion.get().name().substring("TO_".length()));
            convert(tensor, conversion.get(), array.getSegment());
          }
          return array;
        });
  }

  private static void tell(Tensor tensor, String becomes) {
    LOG.log(
        Level.DEBUG, "{0}: {1} becomes {2} on the device", tensor.name(), tensor.type(), becomes);
  }

  private static void convert(Tensor tensor, Conversion conversion, MemorySegment out) {
    TensorType type = tensor.type();
    eachPart(
        tensor,
        (at, part, count) -> {
          for (int i = 0; i < count; i += conversion.blockSize) {
            conversion.write(
                tensor.data(),
                (at + i) / type.blockSize() * type.blockBytes(),
                part,
                i,
                out,
                conversion.bytes(at + i));
          }
        });
  }

  /// Something to be done with elements of a tensor.
  @FunctionalInterface
  private interface Part {
    void put(long at, float[] part, int count);
  }

  private static void eachPart(Tensor tensor, Part part) {
    long columns = tensor.shape().columns();
    float[] numbers = new float[Math.toIntExact(columns * ROWS_AT_ONCE)];
    long all = elements(tensor);
    for (long at = 0; at < all; at += numbers.length) {
      int count = (int) Math.min(numbers.length, all - at);
      long offset = at / tensor.type().blockSize() * tensor.type().blockBytes();
      tensor.type().format().dequantize(tensor.data(), offset, numbers, 0, count);
      part.put(at, numbers, count);
    }
  }

  private static int requireInt(Tensor tensor, long elements) {
    if (elements > Integer.MAX_VALUE / Integer.BYTES) {
      throw new TensorException(
          "weight %s: expected at most 2 GiB on a device, got %d bytes"
              .formatted(tensor.name(), elements * Integer.BYTES));
    }
    return (int) elements;
  }
}
