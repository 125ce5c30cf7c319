package dev.jmr.kernels.gpu;

import dev.jmr.kernels.gpu.sdk.SdkDevice;
import dev.jmr.kernels.gpu.sdk.SdkException;
import dev.jmr.kernels.gpu.sdk.SdkFlags;
import dev.jmr.kernels.gpu.sdk.SdkRuntime;
import dev.jmr.kernels.gpu.sdk.SdkStart;
import dev.jmr.kernels.gpu.sdk.TornadoSdk;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Device;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes on the devices that a TornadoVM SDK reaches, if there is one. What does is linked to the SDK's classes and hence
/// found by name, see [SdkStart#PACKAGES].
///
/// The processor is preferred unless this backend is asked for.
public final class TornadoBackendProvider implements BackendProvider {
  private static final String BACKEND = "dev.jmr.kernels.gpu.tornado.TornadoBackend";

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

  /// Looks for the SDK's files and this JVM's flags only, so that it costs nothing where none of it is to be used; and after
  /// [#devices] it knows why the SDK did not start.
  @Override
  public Availability probe() {
    Optional<String> known = refusal;
    return known.isPresent()
        ? new Availability.Unavailable(known.get())
        : availability(System.getenv(), true);
  }

  @Override
  public Availability installed() {
    return availability(System.getenv(), false);
  }

  /// @param here whether it is to run in this JVM
  static Availability availability(Map<String, String> environment, boolean here) {
    try {
      TornadoSdk sdk = SdkStart.sdk(environment);
      if (here && !SdkFlags.present(sdk)) {
        return new Availability.Unavailable(SdkStart.withoutFlags(sdk));
      }
      return new Availability.Available("TornadoVM " + sdk.version());
    } catch (SdkException e) {
      return new Availability.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /// Starts the SDK, if there is one.
  @Override
  public List<Device> devices() {
    return switch (SdkStart.here()) {
      case SdkStart.Started started ->
          started.runtime().devices().stream().map(SdkDevice::device).toList();
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
    return switch (SdkStart.here()) {
      case SdkStart.Started started -> open(started.runtime(), options);
      case SdkStart.Refused refused -> throw cannotBeOpened(refused.reason());
    };
  }

  private Backend open(SdkRuntime runtime, BackendOptions options) {
    Device wanted = Device.choose(devices(), options.device().device());
    SdkDevice place =
        runtime.devices().stream()
            .filter(each -> each.device().equals(wanted))
            .findFirst()
            .orElseThrow();
    try {
      return (Backend)
          runtime
              .loader()
              .loadClass(BACKEND)
              .getConstructor(String.class, int.class, int.class)
              .newInstance(
                  "%s, %s".formatted(wanted.name(), wanted.description()),
                  place.driver(),
                  place.index());
    } catch (InvocationTargetException e) {
      throw cannotBeOpened(String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw cannotBeOpened(e.toString());
    }
  }

  private static TensorException cannotBeOpened(String reason) {
    return new TensorException("backend tornado cannot be opened: " + reason);
  }
}
