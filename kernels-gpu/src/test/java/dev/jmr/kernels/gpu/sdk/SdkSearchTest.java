package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkSearchTest {
  @TempDir private Path folder;

  @Test
  void takesTheFolderThatTheVariableNames() throws IOException {
    installedBySdkman();
    Path named = Files.createDirectory(folder.resolve("sdk"));
    Map<String, String> environment = Map.of("TORNADOVM_HOME", named.toString());

    assertThat(SdkSearch.find(environment, folder)).isEqualTo(named);
  }

  @Test
  void takesWhatSdkmanInstalledOtherwise() throws IOException {
    Path installed = installedBySdkman();

    assertThat(SdkSearch.find(Map.of(), folder)).isEqualTo(installed);
    assertThat(SdkSearch.find(Map.of("TORNADOVM_HOME", " "), folder)).isEqualTo(installed);
  }

  @Test
  void knowsWhereSdkmanWasToldToInstall() throws IOException {
    Path installed = Files.createDirectories(folder.resolve("elsewhere/tornadovm/current"));
    Path candidates = folder.resolve("elsewhere");

    assertThat(SdkSearch.find(Map.of("SDKMAN_CANDIDATES_DIR", candidates.toString()), folder))
        .isEqualTo(installed);
  }

  @Test
  void saysHowToGetAnSdkWhereThereIsNone() {
    assertThatThrownBy(() -> SdkSearch.find(Map.of(), folder))
        .isInstanceOf(SdkException.class)
        .hasMessage(
            "no TornadoVM SDK is installed; for GPUs install one, as with 'sdk install tornadovm' (https://sdkman.io), or set TORNADOVM_HOME to its folder");
  }

  @Test
  void doesNotPassOverAVariableThatNamesNoFolder() throws IOException {
    installedBySdkman();
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> SdkSearch.find(Map.of("TORNADOVM_HOME", missing.toString()), folder))
        .hasMessage(
            "TORNADOVM_HOME: expected a TornadoVM SDK's folder, got %s, which is none", missing);
  }

  private Path installedBySdkman() throws IOException {
    return Files.createDirectories(folder.resolve(".sdkman/candidates/tornadovm/current"));
  }
}
