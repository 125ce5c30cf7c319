package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static final Backends.Candidate MISSING =
      candidate("tornado", 20, new Availability.Unavailable("TORNADOVM_HOME is not set"));
  private static final Backends.Candidate FAST =
      candidate("cpu", 10, new Availability.Available("512-bit vectors"));
  private static final Backends.Candidate SLOW =
      candidate("slow", 1, new Availability.Available("anywhere"));

  private static final Backends.Candidate CARD = device(Device.Kind.GPU, 0);

  private static Backends.Candidate device(Device.Kind kind, long memoryBytes) {
    Device device = new Device("ptx:0", "Card One", "ptx", kind, memoryBytes);
    return new Backends.Candidate(
        new Named("card", 30, FAST.availability(), List.of(device)), FAST.availability());
  }

  private static Backends.Candidate candidate(String name, int priority, Availability found) {
    return new Backends.Candidate(new Named(name, priority, found, List.of()), found);
  }

  private static BackendOptions on(DeviceOptions device) {
    return new BackendOptions(1, false, Map.of(), device);
  }

  private static Throwable opened(BackendProvider provider, DeviceOptions device) {
    return catchThrowable(() -> Backends.open(List.of(CARD, FAST), provider, on(device)));
  }

  private record Named(String name, int priority, Availability probe, List<Device> devices)
      implements BackendProvider {
    @Override
    public boolean onDevices() {
      return !devices.isEmpty();
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new TensorException("opened " + name);
    }
  }

  @Test
  void opensADeviceAndTheProcessorWhereBothAreWanted() {
    var some = new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.of(1));
    var named = new DeviceOptions(Optional.of("one"), OptionalLong.empty(), OptionalInt.empty());
    var never = new DeviceOptions(Optional.empty(), OptionalLong.empty(), OptionalInt.of(0));

    assertThat(opened(CARD.provider(), some)).hasMessage("opened cpu");
    assertThat(opened(CARD.provider(), never)).hasMessage("opened cpu");
    assertThat(opened(CARD.provider(), named)).hasMessage("opened card");
    assertThat(opened(CARD.provider(), DeviceOptions.NONE)).hasMessage("opened card");
  }

  @Test
  void prefersAGraphicsCardUnlessAnotherIsNamed() {
    Backends.Candidate processor = device(Device.Kind.CPU, 0);
    assertThat(Backends.choose(List.of(FAST, CARD), Optional.empty()).name()).isEqualTo("card");
    assertThat(Backends.choose(List.of(FAST, CARD), Optional.of("cpu")).name()).isEqualTo("cpu");
    assertThat(Backends.choose(List.of(FAST, processor), Optional.empty()).name()).isEqualTo("cpu");
    assertThat(
            Backends.choose(
                    List.of(new Backends.Candidate(CARD.provider(), MISSING.availability()), SLOW),
                    Optional.empty())
                .name())
        .isEqualTo("slow");
  }

  @Test
  void leavesToTheProcessorWhatADeviceHasNoMemoryFor() {
    BackendProvider card = device(Device.Kind.GPU, 1000).provider();
    assertThat(opened(card, DeviceOptions.NONE)).hasMessage("opened cpu");
    assertThat(opened(CARD.provider(), DeviceOptions.NONE)).hasMessage("opened card");
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    var other = new DeviceOptions(Optional.of("two"), OptionalLong.empty(), OptionalInt.empty());

    assertThat(opened(CARD.provider(), other))
        .hasMessage("device 'two': expected one of ptx:0 (Card One)");
    assertThatThrownBy(
            () -> Backends.open(List.of(MISSING, FAST, SLOW), FAST.provider(), on(other)))
        .isInstanceOf(TensorException.class)
        .hasMessage(
            "backend cpu: has no devices to choose or limit; backends: "
                + "tornado: skipped: TORNADOVM_HOME is not set; cpu: 512-bit vectors; "
                + "slow: anywhere");
  }

  @Test
  void findsTheReferenceBackendAmongTheInstalled() {
    assertThat(Backends.candidates())
        .extracting(Backends.Candidate::toString)
        .contains("reference: scalar, one thread");
  }

  @Test
  void takesTheFirstThatIsAvailable() {
    assertThat(Backends.best(List.of(MISSING, FAST, SLOW)).name()).isEqualTo("cpu");
  }

  @Test
  void saysWhyEachWasSkipped() {
    assertThat(MISSING).hasToString("tornado: skipped: TORNADOVM_HOME is not set");
    assertThatThrownBy(() -> Backends.best(List.of(MISSING)))
        .isInstanceOf(TensorException.class)
        .hasMessage("no backend is available: tornado: skipped: TORNADOVM_HOME is not set");
    assertThatThrownBy(() -> Backends.best(List.of())).hasMessage("no backend is available: none");
  }

  @Test
  void takesTheOneThatWasAskedFor() {
    List<Backends.Candidate> all = List.of(MISSING, FAST, SLOW);

    assertThat(Backends.named(all, "slow").name()).isEqualTo("slow");
    assertThatThrownBy(() -> Backends.named(all, "tornado"))
        .hasMessage("backend tornado: skipped: TORNADOVM_HOME is not set");
    assertThatThrownBy(() -> Backends.named(List.of(FAST, SLOW), "cuda"))
        .hasMessage(
            "backend 'cuda' is not installed; installed: cpu: 512-bit vectors; slow: anywhere");
  }
}
