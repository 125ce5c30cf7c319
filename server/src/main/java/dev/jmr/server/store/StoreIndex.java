package dev.jmr.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// What `models.json` says: which models there are, their names and their files.
///
/// Fields that we do not know stay as they are. Entries without an id that can be read are not
/// models, but what they list still counts as used.
final class StoreIndex {
  private static final int MAX_BYTES = 64 << 20;

  private final ObjectNode root;
  private final ArrayNode entries;

  private StoreIndex(ObjectNode root, ArrayNode entries) {
    this.root = root;
    this.entries = entries;
  }

  /// The index of a store that has no models.
  static StoreIndex empty() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    return new StoreIndex(root, root.putArray("models"));
  }

  /// The index that a file holds; empty if there is none.
  ///
  /// @throws StoreException if it is not an index
  static StoreIndex read(Path path) throws IOException {
    ObjectNode root;
    try {
      root = StoreJson.read(path, MAX_BYTES);
    } catch (NoSuchFileException e) {
      return empty();
    }
    JsonNode models = root.path("models");
    if (models instanceof ArrayNode entries) {
      return new StoreIndex(root, entries);
    }
    if (models.isNull() || models.isMissingNode()) {
      return new StoreIndex(root, root.putArray("models"));
    }
    throw new StoreException("%s: expected a list of models".formatted(path));
  }

  void write(Path path) throws IOException {
    StoreFiles.writeAtomically(path, StoreJson.write(root));
  }

  /// The models in their order; entries with the same id are one.
  List<StoredModel> models() {
    Map<Digest, StoredModel> models = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      id(entry)
          .ifPresent(id ->
              models.putIfAbsent(id, new StoredModel(id, texts(entry, "tags"), files(entry))));
    }
    return List.copyOf(models.values());
  }

  Optional<StoredModel> model(Digest id) {
    return models().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  /// Every digest that any entry lists.
  Set<Digest> files() {
    Set<Digest> files = new HashSet<>();
    entries.forEach(entry -> files.addAll(files(entry)));
    return files;
  }

  /// Adds a model without names, or lists other files for it.
  void put(Digest id, List<Digest> files) {
    ObjectNode entry =
        objects().stream()
            .filter(object -> id(object).equals(Optional.of(id)))
            .findFirst()
            .orElseGet(() -> {
              ObjectNode added = entries.addObject();
              added.put("id", id.toString());
              added.putArray("tags");
              return added;
            });
    ArrayNode list = entry.putArray("files");
    files.forEach(file -> list.add(file.toString()));
  }

  /// Gives a model a name, which no other model has afterwards.
  void addTag(Digest id, String tag) {
    for (ObjectNode entry : objects()) {
      List<String> tags = new ArrayList<>(texts(entry, "tags"));
      boolean named = tags.contains(tag);
      boolean wanted = id(entry).equals(Optional.of(id));
      if (named != wanted) {
        if (wanted) {
          tags.add(tag);
        } else {
          tags.remove(tag);
        }
        setTags(entry, tags);
      }
    }
  }

  /// Takes a name away.
  void removeTag(String tag) {
    for (ObjectNode entry : objects()) {
      List<String> tags = new ArrayList<>(texts(entry, "tags"));
      if (tags.removeIf(tag::equals)) {
        setTags(entry, tags);
      }
    }
  }

  void remove(Digest id) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (id(entries.get(i)).equals(Optional.of(id))) {
        entries.remove(i);
      }
    }
  }

  /// How many entries are no models.
  int unreadable() {
    return (int)
        StreamSupport.stream(entries.spliterator(), false)
            .filter(entry -> id(entry).isEmpty())
            .count();
  }

  void removeUnreadable() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (id(entries.get(i)).isEmpty()) {
        entries.remove(i);
      }
    }
  }

  private List<ObjectNode> objects() {
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  private static void setTags(ObjectNode entry, List<String> tags) {
    ArrayNode list = entry.putArray("tags");
    tags.forEach(list::add);
  }

  private static Optional<Digest> id(JsonNode entry) {
    return Digest.tryParse(entry.path("id").asText(""));
  }

  private static List<Digest> files(JsonNode entry) {
    return texts(entry, "files").stream().flatMap(text -> Digest.tryParse(text).stream()).toList();
  }

  private static List<String> texts(JsonNode entry, String field) {
    return StreamSupport.stream(entry.path(field).spliterator(), false)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }
}
