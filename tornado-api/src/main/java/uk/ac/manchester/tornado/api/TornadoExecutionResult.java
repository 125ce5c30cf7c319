package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// What a plan that ran left on the device.
public class TornadoExecutionResult {
  private final DeviceMemory memory;

  TornadoExecutionResult(DeviceMemory memory) {
    this.memory = memory;
  }

  /// Copies arrays back.
  public TornadoExecutionResult transferToHost(Object... objects) {
    for (Object object : objects) {
      memory.toHost((TornadoNativeArray) object);
    }
    return this;
  }

  /// Copies a part of an array back.
  public TornadoExecutionResult transferToHost(DataRange dataRange) {
    memory.toHost(dataRange.getArray(), dataRange.from(), dataRange.length());
    return this;
  }
}
