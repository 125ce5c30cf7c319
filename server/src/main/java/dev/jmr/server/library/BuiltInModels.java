package dev.jmr.server.library;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.packaging.ModelArchive;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreException;
import dev.jmr.server.store.StoredModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Puts the models that come with the program into stores, where they are models like any other.
///
/// Each store gets a model once: who removes it has it removed until it is asked for by its name.
/// Threads and processes may do this at the same time.
public final class BuiltInModels {
  private static final System.Logger LOG = System.getLogger(BuiltInModels.class.getName());

  /// How the fetching of such a model ends.
  public static final String BROUGHT = "Model came with JMR";

  private final List<BuiltInModel> models;
  private final Path notes;

  /// @param notes a folder that remembers which store has got what, made when there is something to remember
  public BuiltInModels(List<BuiltInModel> models, Path notes) {
    this.models = List.copyOf(models);
    this.notes = notes;
  }

  /// None at all.
  public static BuiltInModels none() {
    return new BuiltInModels(List.of(), Path.of(""));
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return models.isEmpty();
  }

  /// Whether the model of this id came with the program.
  public boolean contains(String id) {
    return models.stream().anyMatch(model -> model.id().toString().equals(id));
  }

  /// Gives the store what it never had. A store that cannot be written to stays as it is: the log says why.
  public void addTo(ModelStore store) {
    for (BuiltInModel model : models) {
      Path note = note(store, model);
      if (Files.exists(note)) {
        continue;
      }
      try {
        add(model, store);
        Files.createDirectories(notes);
        Files.writeString(note, store.root() + System.lineSeparator());
      } catch (IOException | StoreException | ArtifactException e) {
        LOG.log(
            Level.DEBUG,
            () -> "model %s was not added: %s".formatted(model.name(), e.getMessage()));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Gives the store the model of this name, if one comes with the program.
  ///
  /// @return whether one does
  /// @throws StoreException if it cannot be written
  public boolean bring(ModelReference reference, ModelStore store) throws InterruptedException {
    for (BuiltInModel model : models) {
      if (store.reference(model.name()).equals(reference)) {
        try {
          add(model, store);
        } catch (IOException e) {
          throw new StoreException("model %s: %s".formatted(model.name(), e.getMessage()), e);
        }
        return true;
      }
    }
    return false;
  }

  private static void add(BuiltInModel model, ModelStore store)
      throws IOException, InterruptedException {
    ModelReference name = store.reference(model.name());
    Optional<StoredModel> before = store.find(name);
    if (before.isPresent()
        && before.get().id().equals(model.id())
        && store.complete(before.get())) {
      return;
    }
    try (InputStream archive = model.archive().open()) {
      Digest id = new ModelArchive(store).load(archive).id();
      store.tag(id.toString(), name);
    }
    removeUnnamed(before, store);
  }

  /// An older one of this name that has no other name is of no use any more.
  private static void removeUnnamed(Optional<StoredModel> before, ModelStore store) {
    before
        .flatMap(model -> store.find(model.id().toString()))
        .filter(model -> model.tags().isEmpty())
        .ifPresent(model -> store.remove(model.id().toString(), true));
  }

  private Path note(ModelStore store, BuiltInModel model) {
    Digest place =
        Digest.of(store.root().toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    return notes.resolve(place.shortHex() + "-" + model.id().shortHex());
  }
}
