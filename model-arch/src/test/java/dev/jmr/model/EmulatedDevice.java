package dev.jmr.model;

import dev.jmr.kernels.gpu.tornado.TornadoBackend;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;

/// The GPU backend without a GPU: its kernels run on our declarations of TornadoVM's API, which work, on the processor.
public final class EmulatedDevice implements BackendProvider {
  @Override
  public String name() {
    return "emulated";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability probe() {
    return new Availability.Available("TornadoVM's API, emulated");
  }

  @Override
  public Backend open(BackendOptions options) {
    return TornadoBackend.unchecked("emulated");
  }
}
