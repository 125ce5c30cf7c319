package dev.jmr.server.huggingface;

import dev.jmr.gguf.ShardName;
import dev.jmr.server.artifact.LayerRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A model of a repository, in one file or in shards.
///
/// @param stem the path without the number of the shard and `.gguf`
/// @param label the quantization that the name or else the folder tells; the stem's name if neither
///     does
/// @param files all shards that are there, in order
/// @param shards how many there must be
record HubVariant(String stem, String label, List<HubFile> files, int shards) {
  HubVariant {
    files = List.copyOf(files);
  }

  boolean complete() {
    return files.size() == shards;
  }

  /// The models among these files, in the order of their paths.
  static List<HubVariant> of(List<HubFile> files) {
    Map<String, List<HubFile>> byStem = new TreeMap<>();
    files.stream()
        .filter(file -> LayerRole.ofFile(file.path()) == LayerRole.GGUF)
        .sorted(Comparator.comparing(HubFile::path))
        .forEach(file -> byStem.computeIfAbsent(stem(file), key -> new ArrayList<>()).add(file));
    List<HubVariant> variants = new ArrayList<>();
    byStem.forEach((stem, shards) -> variants.add(variant(stem, shards)));
    return variants;
  }

  private static HubVariant variant(String stem, List<HubFile> files) {
    HubFile first = files.getFirst();
    String name = stem.substring(stem.lastIndexOf('/') + 1);
    String label = QuantLabel.find(name).or(() -> QuantLabel.find(first.folder())).orElse(name);
    int shards = ShardName.of(first.path()).map(ShardName::count).orElse(1);
    return new HubVariant(stem, label, files, shards);
  }

  private static String stem(HubFile file) {
    String path = file.path();
    return ShardName.of(path)
        .map(ShardName::prefix)
        .orElseGet(() -> path.substring(0, path.length() - ".gguf".length()));
  }
}
