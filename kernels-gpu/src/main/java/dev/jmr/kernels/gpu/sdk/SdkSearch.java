package dev.jmr.kernels.gpu.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where an SDK is looked for: in the folder that `TORNADOVM_HOME` names, otherwise where SDKMAN installs it.
public final class SdkSearch {
  /// The variable that names the SDK's folder.
  public static final String VARIABLE = "TORNADOVM_HOME";

  private static final String SDKMAN = "SDKMAN_CANDIDATES_DIR";
  private static final Path CANDIDATE = Path.of("tornadovm", "current");
  private static final String REMEDY =
      "for GPUs install one, as with 'sdk install tornadovm' (https://sdkman.io), or set %s to its folder"
          .formatted(VARIABLE);

  private SdkSearch() {}

  /// The SDK's folder. What is in it was not looked at.
  ///
  /// @throws SdkException if there is none
  public static Path find(Map<String, String> environment, Path userHome) {
    String named = named(environment);
    if (!named.isEmpty()) {
      Path folder = Path.of(named);
      if (!Files.isDirectory(folder)) {
        throw new SdkException(
            "%s: expected a TornadoVM SDK's folder, got %s, which is none"
                .formatted(VARIABLE, folder));
      }
      return folder.toAbsolutePath();
    }
    Path installed = installed(environment, userHome);
    if (!Files.isDirectory(installed)) {
      throw new SdkException("no TornadoVM SDK is installed; " + REMEDY);
    }
    return installed.toAbsolutePath();
  }

  private static String named(Map<String, String> environment) {
    return environment.getOrDefault(VARIABLE, "").strip();
  }

  private static Path installed(Map<String, String> environment, Path userHome) {
    String candidates = environment.getOrDefault(SDKMAN, "");
    Path folder =
        candidates.isEmpty() ? userHome.resolve(".sdkman", "candidates") : Path.of(candidates);
    return folder.resolve(CANDIDATE);
  }
}
