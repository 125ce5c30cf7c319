package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// What a graph does with an array besides computing.
sealed interface Step {
  TornadoNativeArray array();

  /// Copies it to the device.
  record ToDevice(TornadoNativeArray array, int mode) implements Step {}

  /// Takes it as another graph left it.
  record Consume(TornadoNativeArray array, String graph) implements Step {}

  /// Leaves it for another graph.
  record Persist(TornadoNativeArray array) implements Step {}

  /// Copies it back.
  record ToHost(TornadoNativeArray array, int mode) implements Step {}
}
