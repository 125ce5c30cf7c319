package dev.jmr.kernels.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornadoBackendProviderTest {
  @TempDir private Path folder;

  @Test
  void isFoundAndSaysWhyItIsSkipped() {
    assertThat(Backends.candidates())
        .extracting(Backends.Candidate::toString)
        .anySatisfy(line -> assertThat(line).startsWith("tornado: skipped: "));
  }

  @Test
  void saysWhatIsWrongWithTheSdk() {
    Map<String, String> environment = Map.of("TORNADOVM_HOME", folder.toString());

    assertThat(TornadoBackendProvider.availability(environment, true).toString())
        .contains("expected share/java/tornado with jars, got none");
  }

  @Test
  void saysWhyItFoundNoDevice() {
    TornadoBackendProvider provider = new TornadoBackendProvider();

    assertThat(provider.devices()).as("without the flags for an SDK").isEmpty();
    assertThat(provider.probe().toString())
        .containsAnyOf("no TornadoVM SDK is installed", "started without the flags", "expected");
  }

  @Test
  void needsNoFlagsWithoutAnSdk() {
    Map<String, String> environment = Map.of("TORNADOVM_HOME", folder.toString());

    assertThat(new TornadoBackendProvider().missingJvmFlags(environment)).isEmpty();
  }

  @Test
  void cannotBeOpened() {
    assertThatThrownBy(() -> new TornadoBackendProvider().open(BackendOptions.automatic()))
        .isInstanceOf(TensorException.class)
        .hasMessageStartingWith("backend tornado cannot be opened: ");
  }
}
