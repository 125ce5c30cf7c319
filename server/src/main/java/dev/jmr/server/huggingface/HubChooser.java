package dev.jmr.server.huggingface;

import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.registry.RegistryException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Chooses the files of a repository that a tag means.
///
/// A tag is a quantization, in any case and with any of the separators `-`, `.` and `_`. Without
/// one (`latest`, `main`) it is Q4_K_M, or else the first model there is. A tag that fits nothing
/// is an error: nothing else is taken for it.
final class HubChooser {
  private static final Set<String> ANY = Set.of("latest", "main");
  private static final String DEFAULT = "Q4_K_M";
  private static final List<String> PROJECTOR_PREFERENCE = List.of("f16", "fp16", "bf16", "f32");
  private static final int MAX_LICENSE_BYTES = 1 << 20;

  private HubChooser() {}

  /// The files that the tag of a repository means.
  ///
  /// @throws RegistryException if there are none, or a shard is missing; the message lists what
  ///     there is
  static HubSelection choose(String repository, List<HubFile> files, String tag) {
    List<HubVariant> variants = HubVariant.of(files);
    if (variants.isEmpty()) {
      throw new RegistryException(
          RegistryException.Kind.UNSUPPORTED,
          "%s: expected a repository with GGUF files, got %s; look for a GGUF variant of the model"
              .formatted(repository, formats(files)));
    }
    return ANY.contains(tag)
        ? byDefault(repository, files, variants)
        : byTag(repository, files, variants, tag);
  }

  private static HubSelection byDefault(
      String repository, List<HubFile> files, List<HubVariant> variants) {
    Optional<HubVariant> preferred = matching(variants, DEFAULT);
    HubVariant variant = preferred.orElse(variants.getFirst());
    String reason =
        preferred.isPresent()
            ? "default"
            : variants.size() == 1
                ? "the only one"
                : "the first one, as there is no %s; there are: %s"
                    .formatted(DEFAULT, labels(variants));
    return selection(
        repository,
        files,
        variant,
        "Selected %s quantization (%s)".formatted(variant.label(), reason));
  }

  private static HubSelection byTag(
      String repository, List<HubFile> files, List<HubVariant> variants, String tag) {
    HubVariant variant =
        matching(variants, tag)
            .orElseThrow(() ->
                new RegistryException(
                    RegistryException.Kind.NOT_FOUND,
                    "%s: no quantization '%s'; there are: %s"
                        .formatted(repository, tag, labels(variants))));
    return selection(
        repository, files, variant, "Selected %s quantization".formatted(variant.label()));
  }

  private static HubSelection selection(
      String repository, List<HubFile> files, HubVariant variant, String note) {
    if (!variant.complete()) {
      throw new RegistryException(
          RegistryException.Kind.NOT_FOUND,
          "%s: expected %d shards of %s, got %d"
              .formatted(repository, variant.shards(), variant.stem(), variant.files().size()));
    }
    return new HubSelection(
        variant, projector(files, variant), chatTemplate(files, variant), licenses(files), note);
  }

  /// The first model whose label is the tag; else whose label is but for the prefix of dynamic
  /// quantizations; else whose whole name is.
  private static Optional<HubVariant> matching(List<HubVariant> variants, String tag) {
    String wanted = QuantLabel.normalized(tag);
    List<Predicate<HubVariant>> rules =
        List.of(
            variant -> QuantLabel.normalized(variant.label()).equals(wanted),
            variant ->
                QuantLabel.withoutPrefix(QuantLabel.normalized(variant.label())).equals(wanted),
            variant -> QuantLabel.normalized(name(variant)).equals(wanted));
    return rules.stream().flatMap(rule -> variants.stream().filter(rule).limit(1)).findFirst();
  }

  private static String name(HubVariant variant) {
    return variant.stem().substring(variant.stem().lastIndexOf('/') + 1);
  }

  private static String labels(List<HubVariant> variants) {
    return String.join(", ", variants.stream().map(HubVariant::label).distinct().toList());
  }

  private static String formats(List<HubFile> files) {
    return files.stream().anyMatch(f -> LayerRole.ofFile(f.path()) == LayerRole.SAFETENSORS)
        ? "safetensors"
        : "none";
  }

  /// Beside the weights rather than at the root, in the best type there is.
  private static Optional<HubFile> projector(List<HubFile> files, HubVariant variant) {
    return near(files, variant)
        .filter(file -> LayerRole.ofFile(file.path()) == LayerRole.PROJECTOR)
        .min(
            Comparator.comparingInt((HubFile file) -> distance(file, variant))
                .thenComparingInt(HubChooser::projectorRank)
                .thenComparing(HubFile::path));
  }

  private static int projectorRank(HubFile file) {
    int rank =
        QuantLabel.find(file.name())
            .map(QuantLabel::normalized)
            .map(PROJECTOR_PREFERENCE::indexOf)
            .orElse(-1);
    return rank < 0 ? PROJECTOR_PREFERENCE.size() : rank;
  }

  private static Optional<HubFile> chatTemplate(List<HubFile> files, HubVariant variant) {
    return near(files, variant)
        .filter(file -> LayerRole.ofFile(file.path()) == LayerRole.CHAT_TEMPLATE)
        .min(
            Comparator.comparingInt((HubFile file) -> distance(file, variant))
                .thenComparing(file -> !file.name().contains("chat_template"))
                .thenComparing(HubFile::path));
  }

  private static List<HubFile> licenses(List<HubFile> files) {
    return files.stream()
        .filter(file -> file.folder().isEmpty() && file.size() > 0)
        .filter(file -> file.size() <= MAX_LICENSE_BYTES)
        .filter(file -> LayerRole.ofFile(file.path()) == LayerRole.LICENSE)
        .sorted(Comparator.comparing(HubFile::path))
        .toList();
  }

  private static Stream<HubFile> near(List<HubFile> files, HubVariant variant) {
    return files.stream().filter(file -> file.size() > 0 && distance(file, variant) < 2);
  }

  /// 0 in the folder of the weights, 1 at the root, else 2.
  private static int distance(HubFile file, HubVariant variant) {
    String folder = variant.files().getFirst().folder();
    return file.folder().equals(folder) ? 0 : file.folder().isEmpty() ? 1 : 2;
  }
}
