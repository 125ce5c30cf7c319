package dev.jmr.kernels.gpu.tornado;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.KvLayout;
import java.util.HashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The pages of all layers on the device.
final class KvArrays {
  private final KvLayout layout;
  private final Map<String, Store> stores = new HashMap<>();

  /// A row for each position of each page; the array that is not used has one element.
  ///
  /// @param halves float16, two in an int
  /// @param floats float32
  record Store(IntArray halves, FloatArray floats) {}

  KvArrays(KvLayout layout) {
    this.layout = layout;
    if (layout.type() == TensorType.Q8_0) {
      throw new TensorException(
          "kv cache type: expected F16 or F32 on a device, got Q8_0; leave --cache-type out");
    }
  }

  /// 1 for float16.
  int half() {
    return layout.type() == TensorType.F16 ? 1 : 0;
  }

  /// Bytes of a store whose rows have so many elements.
  static long bytes(KvLayout layout, int width) {
    return ints(layout, width) * Integer.BYTES * (layout.type() == TensorType.F16 ? 1 : 2);
  }

  private static long ints(KvLayout layout, int width) {
    return (long) layout.pageCount() * KvLayout.PAGE_TOKENS * Math.ceilDiv(width, 2);
  }

  /// The keys, values or inputs of a layer, the same whenever they are asked for.
  Store store(String kind, int layer, int width) {
    return stores.computeIfAbsent(
        kind + layer,
        _ -> {
          int pairs = Math.toIntExact(ints(layout, width));
          return half() != 0
              ? new Store(new IntArray(pairs), new FloatArray(1))
              : new Store(new IntArray(1), new FloatArray(2 * pairs));
        });
  }
}
