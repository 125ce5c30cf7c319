package dev.jmr.gguf;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// What files can hold, at random but the same for the same seed.
final class RandomContent {
  private final Random random;

  RandomContent(long seed) {
    random = new Random(seed);
  }

  /// A value of every type that a file can hold.
  static Map<String, GgufValue> allValueTypes() {
    var content = new RandomContent(42);
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (ValueType type : ValueType.values()) {
      if (type == ValueType.ARRAY) {
        values.put("nested", content.nested());
      } else {
        values.put("scalar." + type, content.scalar(type));
        values.put("array." + type, content.array(type));
      }
    }
    return values;
  }

  static List<HeaderEncoder.Entry> tensors(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new HeaderEncoder.Entry(
                "blk." + i + ".ffn_gate.weight", TensorType.Q4_K, Shape.of(1, 256), channel -> {}))
        .toList();
  }

  Map<String, GgufValue> metadata() {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    ValueType[] types = ValueType.values();
    for (int i = random.nextInt(20); i > 0; i--) {
      ValueType type = types[random.nextInt(types.length)];
      GgufValue value =
          type == ValueType.ARRAY ? nested() : random.nextBoolean() ? scalar(type) : array(type);
      values.put("key." + string() + i, value);
    }
    return values;
  }

  /// A tensor of every type, of every rank in turn.
  List<Tensor> tensorOfEveryType() {
    List<Tensor> tensors = new ArrayList<>();
    for (TensorType type : TensorType.values()) {
      long[] axes = random.longs(1 + tensors.size() % Shape.MAX_AXES, 1, 5).toArray();
      axes[axes.length - 1] *= type.blockSize();
      Shape shape = Shape.of(axes);
      byte[] data = new byte[(int) type.byteSize(shape)];
      random.nextBytes(data);
      tensors.add(new Tensor("tensor." + type, type, shape, MemorySegment.ofArray(data)));
    }
    return tensors;
  }

  GgufValue scalar(ValueType type) {
    return switch (type) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          new GgufValue.Int(type, integer(type));
      case FLOAT32 -> GgufValue.float32(Float.intBitsToFloat(random.nextInt() & 0x7F7F_FFFF));
      case FLOAT64 -> new GgufValue.Real(type, random.nextGaussian());
      case BOOL -> GgufValue.bool(random.nextBoolean());
      case STRING -> GgufValue.string(string());
      case ARRAY -> nested();
    };
  }

  GgufValue array(ValueType type) {
    int size = random.nextInt(6);
    return switch (type) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          NumberArray.of(type, random.longs(size).map(bits -> narrow(type, bits)).toArray());
      case FLOAT32 -> {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          values[i] = (float) random.nextGaussian();
        }
        yield NumberArray.of(values);
      }
      case FLOAT64 -> NumberArray.of(random.doubles(size).toArray());
      case BOOL -> NumberArray.of(true, random.nextBoolean(), false);
      case STRING -> StringArray.of(IntStream.range(0, size).mapToObj(i -> string()).toList());
      case ARRAY -> nested();
    };
  }

  private GgufValue nested() {
    return new GgufValue.Nested(List.of(array(ValueType.INT32), array(ValueType.STRING)));
  }

  private long integer(ValueType type) {
    return narrow(type, random.nextLong());
  }

  private static long narrow(ValueType type, long bits) {
    return switch (type) {
      case UINT8 -> bits & 0xFF;
      case INT8 -> (byte) bits;
      case UINT16 -> bits & 0xFFFF;
      case INT16 -> (short) bits;
      case UINT32 -> bits & 0xFFFF_FFFFL;
      case INT32 -> (int) bits;
      default -> bits;
    };
  }

  private String string() {
    return random
        .ints(random.nextInt(12), 0, Character.MAX_CODE_POINT + 1)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .map(c -> random.nextBoolean() ? c & 0x7F : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
