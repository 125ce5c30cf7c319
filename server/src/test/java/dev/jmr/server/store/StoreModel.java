package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a store must hold after the steps of one [StoreWorker]: models by their ids, with their names.
///
/// @param models the names of each model
record StoreModel(Map<Digest, Set<String>> models) {
  static StoreModel empty() {
    return new StoreModel(Map.of());
  }

  /// What a store holds.
  static StoreModel of(ModelStore store) {
    Map<Digest, Set<String>> models = new LinkedHashMap<>();
    store.list().forEach(model -> models.put(model.id(), new TreeSet<>(model.displayTags())));
    return new StoreModel(models);
  }

  /// What the store holds after one more step.
  StoreModel after(String step) {
    String[] words = step.split(" ", -1);
    Map<Digest, Set<String>> next = new LinkedHashMap<>();
    models.forEach((id, names) -> next.put(id, new TreeSet<>(names)));
    Optional<Digest> named =
        next.entrySet().stream()
            .filter(entry -> entry.getValue().contains(words[1]))
            .map(Map.Entry::getKey)
            .findFirst();
    switch (words[0]) {
      case "commit" -> {
        Digest id = Artifacts.manifest(StoreWorker.layers(words[2])).digest();
        next.values().forEach(names -> names.remove(words[1]));
        next.computeIfAbsent(id, _ -> new TreeSet<>()).add(words[1]);
      }
      case "tag" ->
          named.ifPresent(id -> {
            next.values().forEach(names -> names.remove(words[2]));
            next.getOrDefault(id, new TreeSet<>()).add(words[2]);
          });
      case "remove" ->
          named.ifPresent(id -> {
            Set<String> names = next.getOrDefault(id, new TreeSet<>());
            names.remove(words[1]);
            if (names.isEmpty()) {
              next.remove(id);
            }
          });
      case "delete" -> named.ifPresent(next::remove);
      default -> throw new IllegalArgumentException(step);
    }
    return new StoreModel(next);
  }
}
