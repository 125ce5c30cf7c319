package dev.jmr.server.artifact;

import java.util.Arrays;
import java.util.Optional;

/// The forms in which artifacts hold a model's configuration.
public enum ConfigForm {
  /// Docker's, where each layer has a media type that says what it is.
  DOCKER_V0_1(MediaTypes.CONFIG_V0_1),
  /// Docker's, where layers are files with paths.
  DOCKER_V0_2(MediaTypes.CONFIG_V0_2),
  /// The ModelPack form of the CNCF.
  CNCF(MediaTypes.CNCF_CONFIG);

  private final String mediaType;

  ConfigForm(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The media type of the configuration.
  public String mediaType() {
    return mediaType;
  }

  /// The artifact type of the manifest, if this form has one.
  public Optional<String> artifactType() {
    return this == CNCF ? Optional.of(MediaTypes.CNCF_ARTIFACT) : Optional.empty();
  }

  /// The form of the configuration of this media type.
  ///
  /// @throws UnsupportedArtifactException if it is not that of a model that we know
  public static ConfigForm ofMediaType(String mediaType) {
    return Arrays.stream(values())
        .filter(form -> form.mediaType.equals(mediaType))
        .findFirst()
        .orElseThrow(() ->
            new UnsupportedArtifactException(
                "artifact: expected the configuration of a model (Docker model v0.1 or v0.2, CNCF ModelPack), got %s"
                    .formatted(mediaType)));
  }
}
