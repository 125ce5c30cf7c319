package dev.jmr.tensor.reference;

import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.BackendSetting;

/// Offers the reference backend: available everywhere, chosen only when nothing else is.
public final class ReferenceBackendProvider implements BackendProvider {
  static final String NAME = "reference";
  static final String DETAIL = "scalar, one thread";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(DETAIL);
  }

  /// Opens the backend; the number of threads is always one.
  @Override
  public Backend open(BackendOptions options) {
    BackendSetting.complete(settings(), options.settings());
    return new ReferenceBackend(options);
  }
}
