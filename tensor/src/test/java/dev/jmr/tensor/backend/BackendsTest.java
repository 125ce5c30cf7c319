package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static final Backends.Candidate MISSING =
      candidate("tornado", 20, new Availability.Unavailable("TORNADOVM_HOME is not set"));
  private static final Backends.Candidate FAST =
      candidate("cpu", 10, new Availability.Available("512-bit vectors"));
  private static final Backends.Candidate SLOW =
      candidate("slow", 1, new Availability.Available("anywhere"));

  private static Backends.Candidate candidate(String name, int priority, Availability found) {
    return new Backends.Candidate(new Named(name, priority, found), found);
  }

  private record Named(String name, int priority, Availability probe) implements BackendProvider {
    @Override
    public Backend open(BackendOptions options) {
      throw new TensorException("not meant to be opened");
    }
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
