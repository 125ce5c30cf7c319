package dev.jmr.runtime.tuning;

import dev.jmr.model.Model;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.BackendProvider;

/// What a tuning is good for: a machine, a backend on it, and models of one kind.
///
/// @param machine where it was measured
/// @param backend the backend's name
/// @param device what the backend runs on, such as `512-bit vectors`
/// @param weights the type that most of the weights' bytes have, such as `Q4_K`
/// @param size the number of parameters rounded to a power of two, such as `1B`
public record TuningKey(
    Machine machine, String backend, String device, String weights, String size) {
  private static final double BILLION = 1e9;

  /// The key of `model` on this machine.
  public static TuningKey of(Model model, BackendProvider provider) {
    String device =
        provider.probe() instanceof Availability.Available available ? available.detail() : "";
    return new TuningKey(
        Machine.here(),
        provider.name(),
        device,
        model.commonestType().name(),
        sizeClass(model.parameterCount()));
  }

  /// A billion times a power of two, the nearest one by ratio: `8B`, `500M`, `2M`.
  static String sizeClass(long parameters) {
    long power = Math.round(Math.log(Math.max(1, (double) parameters) / BILLION) / Math.log(2));
    double size = BILLION * Math.scalb(1.0, (int) power);
    if (size >= BILLION) {
      return Math.round(size / BILLION) + "B";
    }
    return size >= 1_000_000 ? Math.round(size / 1_000_000) + "M" : Math.round(size / 1000) + "K";
  }

  /// The kind of model for people: `Q4_K weights, about 1B parameters, on cpu (512-bit vectors)`.
  @Override
  public String toString() {
    return "%s weights, about %s parameters, on %s (%s)".formatted(weights, size, backend, device);
  }
}
