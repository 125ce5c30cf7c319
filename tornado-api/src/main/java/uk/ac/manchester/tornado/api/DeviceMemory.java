package uk.ac.manchester.tornado.api;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// The device's arrays beside those of the host; what was not copied is garbage.
final class DeviceMemory {
  private final IdentityHashMap<TornadoNativeArray, TornadoNativeArray> copies =
      new IdentityHashMap<>();
  private final IdentityHashMap<TornadoNativeArray, Set<String>> transferred =
      new IdentityHashMap<>();

  /// The device's copy of an array that is there.
  TornadoNativeArray copy(TornadoNativeArray array) {
    return Objects.requireNonNull(copies.get(array), "an array that is not on the device");
  }

  boolean has(TornadoNativeArray array) {
    return copies.containsKey(array);
  }

  TornadoNativeArray make(TornadoNativeArray array) {
    return copies.computeIfAbsent(array, TornadoNativeArray::garbageLike);
  }

  /// Copies an array to the device; with `once` only the first time that this graph does.
  void toDevice(TornadoNativeArray array, String graph, boolean once) {
    TornadoNativeArray copy = make(array);
    boolean first = transferred.computeIfAbsent(array, _ -> new HashSet<>()).add(graph);
    if (first || !once) {
      copy.getSegment().copyFrom(array.getSegment());
    }
  }

  /// What no graph keeps is lost.
  void forget(TornadoNativeArray array) {
    copies.put(array, TornadoNativeArray.garbageLike(array));
  }

  void toHost(TornadoNativeArray array) {
    toHost(array, 0, array.getNumBytesOfSegment());
  }

  void toHost(TornadoNativeArray array, long from, long length) {
    TornadoNativeArray copy = copies.get(array);
    if (copy == null) {
      throw new TornadoRuntimeException(
          "an array that is not on the device cannot be copied from it");
    }
    MemorySegment.copy(copy.getSegment(), from, array.getSegment(), from, length);
  }

  void free() {
    copies.clear();
    transferred.clear();
  }
}
