package dev.jmr.tensor.backend;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// Chooses among the backends that are installed. Selection is never silent: it comes with a line per provider.
public final class Backends {
  /// One provider and what its probe said.
  public record Candidate(BackendProvider provider, Availability availability) {
    /// The candidate as a line for people: `cpu: 512-bit vectors` or `tornado: skipped: …`.
    @Override
    public String toString() {
      return switch (availability) {
        case Availability.Available available -> provider.name() + ": " + available.detail();
        case Availability.Unavailable unavailable ->
            provider.name() + ": skipped: " + unavailable.reason();
      };
    }
  }

  /// How much of a device's memory models take; the rest is the driver's and that of others.
  private static final int TENTHS_OF_MEMORY = 9;

  private Backends() {}

  /// Every provider that the service loader finds, the most preferred first, each probed once.
  public static List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      candidates.add(new Candidate(provider, provider.probe()));
    }
    candidates.sort(Comparator.comparingInt((Candidate c) -> c.provider().priority()).reversed());
    return candidates;
  }

  /// The providers that compute on devices and what they say of themselves without starting anything.
  public static List<Candidate> forDevices() {
    List<Candidate> candidates = new ArrayList<>();
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      if (provider.onDevices()) {
        candidates.add(new Candidate(provider, provider.installed()));
      }
    }
    return candidates;
  }

  /// The most preferred provider that is available.
  ///
  /// @throws TensorException listing why each was skipped
  public static BackendProvider best(List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.availability() instanceof Availability.Available)
        .map(Candidate::provider)
        .findFirst()
        .orElseThrow(() -> new TensorException("no backend is available: " + describe(candidates)));
  }

  /// The provider called `name`, which must be available.
  ///
  /// @throws TensorException listing the known names, or why this one cannot run
  public static BackendProvider named(List<Candidate> candidates, String name) {
    for (Candidate candidate : candidates) {
      if (candidate.provider().name().equals(name)) {
        if (candidate.availability() instanceof Availability.Unavailable) {
          throw new TensorException("backend " + candidate);
        }
        return candidate.provider();
      }
    }
    throw new TensorException(
        "backend '%s' is not installed; installed: %s".formatted(name, describe(candidates)));
  }

  /// The provider that a user named, otherwise one that reaches a graphics card, otherwise the most preferred one.
  ///
  /// @throws TensorException as [#named] and [#best] do
  public static BackendProvider choose(List<Candidate> candidates, Optional<String> name) {
    return name.map(given -> named(candidates, given))
        .or(() -> ofGraphicsCard(candidates))
        .orElseGet(() -> best(candidates));
  }

  private static Optional<BackendProvider> ofGraphicsCard(List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.availability() instanceof Availability.Available)
        .map(Candidate::provider)
        .filter(BackendProvider::onDevices)
        .filter(provider ->
            provider.devices().stream().anyMatch(each -> each.kind() == Device.Kind.GPU))
        .findFirst();
  }

  /// Opens the backend of `provider` as the options want it: on a device, or on a device and the CPU together. The caller
  /// closes it.
  ///
  /// @throws TensorException if the options ask for a device and the provider has none such, or as
  ///     [BackendProvider#open] does
  public static Backend open(
      List<Candidate> candidates, BackendProvider provider, BackendOptions options) {
    if (options.device().forbidden()) {
      return host(candidates).open(onHost(provider, host(candidates), options));
    }
    requireDevice(candidates, provider, options.device());
    DeviceOptions device = limited(provider, options.device());
    if (!device.partial()) {
      return provider.open(options);
    }
    Backend host = host(candidates).open(onHost(provider, host(candidates), options));
    try {
      return new SplitBackend(host, provider.open(options), device);
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /// Where nothing else is said, a device takes as many blocks as its memory holds.
  private static DeviceOptions limited(BackendProvider provider, DeviceOptions options) {
    if (!provider.onDevices() || options.partial()) {
      return options;
    }
    Device device = Device.choose(provider.devices(), options.device());
    long usable = device.memoryBytes() / 10 * TENTHS_OF_MEMORY;
    return usable == 0
        ? options
        : new DeviceOptions(options.device(), OptionalLong.of(usable), OptionalInt.empty());
  }

  /// Looks whether there is the device that is asked for, if one is.
  ///
  /// @throws TensorException telling which ones there are, or why there are none
  public static void requireDevice(
      List<Candidate> candidates, BackendProvider provider, DeviceOptions options) {
    if (options.isNone() || options.forbidden()) {
      return;
    }
    if (!provider.onDevices()) {
      throw new TensorException(
          "backend %s: has no devices to choose or limit; backends: %s"
              .formatted(provider.name(), describe(candidates)));
    }
    Device.choose(provider.devices(), options.device());
  }

  /// The most preferred backend that computes on the processor.
  private static BackendProvider host(List<Candidate> candidates) {
    return best(candidates.stream().filter(c -> !c.provider().onDevices()).toList());
  }

  /// The options for the backend that computes what a device does not; settings are those of one backend.
  private static BackendOptions onHost(
      BackendProvider chosen, BackendProvider host, BackendOptions options) {
    return new BackendOptions(
        options.threads(),
        options.profiled(),
        host.name().equals(chosen.name()) ? options.settings() : Map.of());
  }

  private static String describe(List<Candidate> candidates) {
    return candidates.isEmpty()
        ? "none"
        : candidates.stream().map(Candidate::toString).collect(Collectors.joining("; "));
  }
}
