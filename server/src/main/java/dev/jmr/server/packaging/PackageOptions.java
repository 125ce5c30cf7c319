package dev.jmr.server.packaging;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.ConfigForm;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What a package holds besides the weights. Where it is made of another artifact, what is empty
/// stays as it is there.
///
/// @param licenses added to those that are there
/// @param chatTemplate a Jinja template, instead of the one that is there
/// @param projector a GGUF file, instead of the one that is there
/// @param contextSize the tokens of context to run the model with
/// @param defaultParameters sampling parameters by name, each instead of the one that is there
/// @param form of the artifact; empty is that of the artifact that is there, or Docker's v0.1
/// @param created the time that the artifact states; empty is that of the artifact that is there,
///     or of the newest file
public record PackageOptions(
    List<Path> licenses,
    Optional<Path> chatTemplate,
    Optional<Path> projector,
    OptionalInt contextSize,
    Map<String, String> defaultParameters,
    Optional<ConfigForm> form,
    Optional<Instant> created) {
  /// Nothing besides the weights.
  public static final PackageOptions NONE =
      new PackageOptions(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

  public PackageOptions {
    licenses = List.copyOf(licenses);
    defaultParameters = Map.copyOf(new TreeMap<>(defaultParameters));
  }

  /// Another context size and nothing else: what repackaging does.
  public static PackageOptions ofContextSize(int tokens) {
    return new PackageOptions(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(tokens),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /// The time that reproducible builds are to state: the variable `SOURCE_DATE_EPOCH`, in seconds;
  /// empty if it is not set.
  ///
  /// @throws ArtifactException if it is no such number
  public static Optional<Instant> sourceDate(Map<String, String> environment) {
    String text = environment.getOrDefault(SOURCE_DATE_EPOCH, "");
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      throw new ArtifactException(
          "%s: expected seconds since 1970, got '%s'".formatted(SOURCE_DATE_EPOCH, text), e);
    }
  }
}
