package dev.jmr.kernels.cpu;

import dev.jmr.kernels.cpu.stage.CpuSettings;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.BackendSetting;
import java.util.List;

/// Offers the CPU backend where the Vector API's module is present. Touches no class of that module before it knows.
public final class CpuBackendProvider implements BackendProvider {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int NARROWEST = 128;

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Availability probe() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new Availability.Unavailable(
          "the module %s is missing; start java with --add-modules=%s".formatted(MODULE, MODULE));
    }
    int bits = CpuBackend.vectorBits();
    if (bits < NARROWEST) {
      return new Availability.Unavailable(
          "this machine has %d-bit vectors, the kernels need %d".formatted(bits, NARROWEST));
    }
    return new Availability.Available(bits + "-bit vectors");
  }

  @Override
  public List<BackendSetting> settings() {
    return CpuSettings.DECLARED;
  }

  @Override
  public Backend open(BackendOptions options) {
    if (probe() instanceof Availability.Unavailable unavailable) {
      throw new TensorException("backend cpu is not available: " + unavailable.reason());
    }
    return new CpuBackend(options);
  }
}
