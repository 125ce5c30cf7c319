package dev.jmr.cli;

import dev.jmr.bench.DeviceArguments;
import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that computes: on what, and with how many threads.
class ComputeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Threads that compute (default: one per core).")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What to compute on; 'jmr version' lists what there is (default: the best).")
  private @Nullable String backend;

  @Mixin private DeviceArguments device = new DeviceArguments();

  /// 0 = automatic.
  ///
  /// @throws ParameterException if it is outside its range
  final int threads() {
    requireInRange("--threads", threads, 1024);
    return threads;
  }

  final Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  /// Opens the backend; the caller closes it.
  ///
  /// @throws dev.jmr.tensor.TensorException if there is none of that name, or it cannot run
  final Backend openBackend() {
    List<Backends.Candidate> candidates = Backends.candidates();
    return Backends.open(
        candidates,
        Backends.choose(candidates, backend()),
        new BackendOptions(threads(), false, Map.of(), device()));
  }

  /// Which device, and how much of a model is computed on it.
  final DeviceOptions device() {
    return device.toOptions();
  }

  /// Looks at once, rather than when a model is loaded, whether there is what was asked for; nothing if nothing was.
  ///
  /// @throws dev.jmr.tensor.TensorException telling what there is, or how to get it
  final void requireBackend() {
    if (backend().isPresent() || !device().isNone()) {
      List<Backends.Candidate> candidates = Backends.candidates();
      Backends.requireDevice(candidates, Backends.choose(candidates, backend()), device());
    }
  }

  final void requireInRange(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: expected 0 (automatic) to %d, got %d".formatted(name, max, value));
    }
  }
}
