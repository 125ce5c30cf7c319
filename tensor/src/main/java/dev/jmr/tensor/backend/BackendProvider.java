package dev.jmr.tensor.backend;

import java.util.List;
import java.util.Map;

/// Something that can execute graphs: the CPU's vector units, a GPU, the scalar reference.
///
/// Found by [java.util.ServiceLoader]; [Backends] chooses. Constructors must not load what may be missing: everything
/// that can fail belongs into [#probe], which may be called from any thread, any number of times, and never throws.
public interface BackendProvider {
  /// The name that users select it by: lower case, without spaces.
  String name();

  /// The available provider with the highest priority is chosen unless a name is asked for.
  int priority();

  /// Finds out whether this backend can run on this machine and in this JVM.
  Availability probe();

  /// What is there, without starting any of it: for a glance from a JVM that is not going to compute. What [#probe] says, if
  /// that is as cheap.
  default Availability installed() {
    return probe();
  }

  /// What can be set, always the same list. May be called whatever [#probe] says.
  default List<BackendSetting> settings() {
    return List.of();
  }

  /// Whether it computes on devices, if there are any, rather than on the processor as part of this process.
  default boolean onDevices() {
    return false;
  }

  /// The devices that it can compute on, the most suitable first. Looking for them may take a while. Never throws; what keeps
  /// it from finding any is what [#probe] tells.
  default List<Device> devices() {
    return List.of();
  }

  /// The flags that a JVM must be started with so that this backend can run in it, unless this one was. Empty also if it could
  /// not run here anyway. Looks for files at most; never throws.
  ///
  /// @param environment the variables of the process
  default List<String> missingJvmFlags(Map<String, String> environment) {
    return List.of();
  }

  /// Opens the backend; the caller closes it.
  ///
  /// @throws dev.jmr.tensor.TensorException if [#probe] does not say [Availability.Available], or if the options have a
  ///     setting that is none of [#settings], or a value that it may not have
  Backend open(BackendOptions options);
}
