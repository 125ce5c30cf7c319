package dev.jmr.gguf;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes GGUF version 3, in one file or in shards.
///
/// Collects metadata and tensors, then writes them in that order; tensor data is asked for one tensor at a time while
/// it is written. A header that [Gguf] would refuse is refused before any data is written. Files are written under
/// a temporary name beside the target, flushed to the disk, and renamed: the target is either the whole new file or
/// untouched. Data is aligned to 32 bytes, or to `general.alignment` if that key is put. Not for use by several threads.
public final class GgufWriter {
  private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
  private final List<HeaderEncoder.Entry> tensors = new ArrayList<>();

  /// Sets a key; a key that is there already keeps its place and gets the new value.
  public GgufWriter put(String key, GgufValue value) {
    metadata.put(key, value);
    return this;
  }

  /// Sets all keys of `other`, except those that tell how its files were sharded.
  public GgufWriter putAll(GgufMetadata other) {
    for (String key : other.keys()) {
      if (!Shards.KEYS.contains(key)) {
        other.value(key).ifPresent(value -> put(key, value));
      }
    }
    return this;
  }

  /// Adds a tensor.
  ///
  /// @param shape axes, outermost first
  /// @throws dev.jmr.tensor.ShapeMismatchException if the rows are not whole blocks of the type
  public GgufWriter tensor(String name, TensorType type, Shape shape, TensorSource source) {
    var entry = new HeaderEncoder.Entry(name, type, shape, source);
    entry.byteSize();
    tensors.add(entry);
    return this;
  }

  /// Adds a tensor whose data stays alive until it is written.
  public GgufWriter tensor(Tensor tensor) {
    return tensor(tensor.name(), tensor.type(), tensor.shape(), TensorSource.of(tensor.data()));
  }

  /// Writes one file.
  ///
  /// @throws GgufException if the content is not valid, a source writes more or less than its tensor takes, or the
  ///     file cannot be written
  public void write(Path target) {
    GgufFileWriter.write(target, metadata, tensors);
  }

  /// Writes `<prefix>-00001-of-0000N.gguf` and so on into `directory`: the first shard holds all metadata, and each
  /// as many tensors, in order, as fit `maxDataBytes`, but at least one.
  ///
  /// @return the files, in order
  /// @throws GgufException as [#write] does; shards that are complete by then stay
  public List<Path> writeShards(Path directory, String prefix, long maxDataBytes) {
    List<List<HeaderEncoder.Entry>> shards = split(maxDataBytes);
    if (shards.size() > GgufLimits.MAX_SHARDS) {
      throw new GgufException(
          "%s: expected at most %d shards, got %d; raise the limit of bytes per shard"
              .formatted(prefix, GgufLimits.MAX_SHARDS, shards.size()));
    }
    var name = new ShardName(prefix, 0, shards.size());
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      Path path = directory.resolve(name.withIndex(i).toString());
      GgufFileWriter.write(path, shardMetadata(i, shards.size()), shards.get(i));
      paths.add(path);
    }
    return paths;
  }

  private List<List<HeaderEncoder.Entry>> split(long maxDataBytes) {
    List<List<HeaderEncoder.Entry>> shards = new ArrayList<>();
    List<HeaderEncoder.Entry> shard = new ArrayList<>();
    long bytes = 0;
    for (HeaderEncoder.Entry tensor : tensors) {
      if (!shard.isEmpty() && tensor.byteSize() > maxDataBytes - bytes) {
        shards.add(shard);
        shard = new ArrayList<>();
        bytes = 0;
      }
      shard.add(tensor);
      bytes += tensor.byteSize();
    }
    shards.add(shard);
    return shards;
  }

  private Map<String, GgufValue> shardMetadata(int index, int count) {
    Map<String, GgufValue> result = new LinkedHashMap<>();
    if (index == 0) {
      result.putAll(metadata);
    } else if (metadata.containsKey(MetadataReader.ALIGNMENT_KEY)) {
      result.put(MetadataReader.ALIGNMENT_KEY, metadata.get(MetadataReader.ALIGNMENT_KEY));
    }
    result.put(Shards.NUMBER_KEY, GgufValue.uint16(index));
    result.put(Shards.COUNT_KEY, GgufValue.uint16(count));
    result.put(Shards.TENSOR_COUNT_KEY, GgufValue.int32(tensors.size()));
    return result;
  }
}
