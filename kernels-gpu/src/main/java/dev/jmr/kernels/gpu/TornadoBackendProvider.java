package dev.jmr.kernels.gpu;

import dev.jmr.kernels.gpu.sdk.SdkException;
import dev.jmr.kernels.gpu.sdk.SdkFlags;
import dev.jmr.kernels.gpu.sdk.SdkStart;
import dev.jmr.kernels.gpu.sdk.TornadoSdk;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells of the devices that a TornadoVM SDK reaches. No model runs on them yet: kernels are only tried without devices.
public final class TornadoBackendProvider implements BackendProvider {
  private volatile Optional<String> refusal = Optional.empty();

  @Override
  public String name() {
    return "tornado";
  }

  @Override
  public int priority() {
    return 50;
  }

  @Override
  public boolean onDevices() {
    return true;
  }

  /// Looks for the SDK's files only, so that it costs nothing where none of it is to be used; and after [#devices] it knows
  /// why the SDK did not start.
  @Override
  public Availability probe() {
    return new Availability.Unavailable(refusal.orElseGet(() -> reason(System.getenv())));
  }

  static String reason(Map<String, String> environment) {
    try {
      return "TornadoVM %s is there, but the kernels of this version were not tried on devices yet: models run on the processor"
          .formatted(SdkStart.sdk(environment).version());
    } catch (SdkException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Starts the SDK, if there is one.
  @Override
  public List<Device> devices() {
    return switch (SdkStart.here()) {
      case SdkStart.Started started -> started.runtime().devices();
      case SdkStart.Refused refused -> {
        refusal = Optional.of(refused.reason());
        yield List.of();
      }
    };
  }

  @Override
  public List<String> missingJvmFlags(Map<String, String> environment) {
    try {
      TornadoSdk sdk = SdkStart.sdk(environment);
      return SdkFlags.present(sdk) ? List.of() : SdkFlags.of(sdk);
    } catch (SdkException e) {
      return List.of();
    }
  }

  @Override
  public Backend open(BackendOptions options) {
    throw new TensorException("backend tornado cannot be opened: " + reason(System.getenv()));
  }
}
