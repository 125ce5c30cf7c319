package dev.jmr.server.store;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The models of a folder, in Docker Model Runner's layout.
///
/// Threads and processes may share one: every method sees what others did before, changes are whole
/// or not there, also after a crash. A model is fetched or packed like this:
///
/// ```java
/// try (Pin pin = store.pin(manifest)) {
///   for (Descriptor blob : …) {
///     try (BlobWriter writer = store.openBlob(blob)) { … writer.commit(); }
///   }
///   store.commit(manifest, Optional.of(reference));
/// }
/// ```
/// Every method throws [StoreException] where the store or the disk is at fault.
public final class ModelStore {
  private static final String OLD_HUGGING_FACE = "hf.co/";
  private static final long SPARE_BYTES = 64L << 20;
  private static final long SOME_DISK = 1L << 61;

  private final StoreLayout layout;
  private final String defaultRegistry;
  private final BlobStore blobs;
  private final ManifestFiles manifests;
  private final RemovalJournal journal;
  private final StoreAccess access;

  private ModelStore(StoreLayout layout, String defaultRegistry) {
    this.layout = layout;
    this.defaultRegistry = defaultRegistry;
    StoreLock lock = StoreLock.of(layout.marker());
    this.blobs = new BlobStore(layout, lock);
    this.manifests = new ManifestFiles(layout);
    this.journal = new RemovalJournal(layout, blobs);
    this.access = new StoreAccess(layout, lock, journal);
  }

  /// The store at this folder; see [#open(StoreOptions)].
  public static ModelStore open(Path root) {
    return open(StoreOptions.at(root));
  }

  /// A store, made if the folder is empty or not there.
  ///
  /// @throws StoreException if the folder holds something else
  public static ModelStore open(StoreOptions options) {
    try {
      ModelStore store =
          new ModelStore(StoreLayout.create(options.root()), options.defaultRegistry());
      store.catchUp();
      return store;
    } catch (IOException e) {
      throw StoreException.of("store " + options.root(), e);
    }
  }

  /// Finishes what a crash interrupted, and gives models of Hugging Face their names of today. An
  /// index that cannot be read is left to who uses it.
  private void catchUp() throws IOException {
    List<String> old;
    try {
      old =
          list().stream()
              .flatMap(model -> model.tags().stream())
              .filter(tag -> tag.startsWith(OLD_HUGGING_FACE))
              .toList();
    } catch (StoreException e) {
      return;
    }
    if (!old.isEmpty() || !layout.listRemovals().isEmpty()) {
      access.change("store " + root(), index -> rename(index, old));
    }
  }

  private StoreIndex rename(StoreIndex index, List<String> tags) throws IOException {
    for (String tag : tags) {
      Optional<StoredModel> model =
          index.models().stream().filter(stored -> stored.tags().contains(tag)).findFirst();
      index.removeTag(tag);
      String name = ModelReference.HUGGING_FACE + tag.substring(OLD_HUGGING_FACE.length() - 1);
      model.ifPresent(stored -> index.addTag(stored.id(), name));
    }
    if (!tags.isEmpty()) {
      index.write(layout.index());
    }
    return index;
  }

  /// The folder.
  public Path root() {
    return layout.root();
  }

  /// The reference that a text is here, where `DEFAULT_REGISTRY` may differ from Docker Hub.
  ///
  /// @throws dev.jmr.server.reference.ReferenceException if it is none
  public ModelReference reference(String text) {
    return ModelReference.parse(text, defaultRegistry);
  }

  /// The models, in the order in which they came.
  public List<StoredModel> list() {
    return access.read().models();
  }

  /// The model of this name in any spelling, id, or first 12 digits of an id.
  ///
  /// @throws dev.jmr.server.reference.ReferenceException if the text is neither a name nor an id
  public Optional<StoredModel> find(String text) {
    return finder().find(text).map(ModelFinder.Found::model);
  }

  /// As [#find(String)], else the first model whose name ends like this text: `x` finds
  /// `quay.io/me/x:latest`.
  ///
  /// @throws dev.jmr.server.reference.ReferenceException if the text is neither a name nor an id
  public Optional<StoredModel> findByLastComponent(String text) {
    ModelFinder finder = finder();
    return finder
        .find(text)
        .or(() -> finder.findByLastComponent(text))
        .map(ModelFinder.Found::model);
  }

  /// The model that has this name or digest.
  public Optional<StoredModel> find(ModelReference reference) {
    return finder().find(reference).map(ModelFinder.Found::model);
  }

  /// The model of this name or id.
  ///
  /// @throws UnknownModelException if there is none; the message suggests what may have been meant
  public StoredModel require(String text) {
    return finder().require(text).model();
  }

  /// The name under which a model leaves the store: the one that the text spells, or the only one of
  /// the model that has this id.
  ///
  /// @throws UnknownModelException if there is no such model
  /// @throws StoreException if the model of an id has no name, or several
  public ModelReference requireName(String text) {
    ModelFinder.Found found = finder().require(text);
    if (found.tag().isPresent() || text.contains("@")) {
      return reference(text);
    }
    List<ModelReference> names = found.model().references();
    if (names.size() != 1) {
      throw new StoreException(
          "model %s: expected one name, got %s; %s"
              .formatted(
                  found.model().id().shortHex(),
                  names.isEmpty() ? "none" : String.join(", ", found.model().displayTags()),
                  names.isEmpty() ? "give it one with jmr tag" : "say which one"));
    }
    return names.getFirst();
  }

  /// At most three names of models that are nearly this one, the nearest first.
  public List<String> suggestions(String text) {
    return finder().suggestions(text);
  }

  private ModelFinder finder() {
    return new ModelFinder(list(), defaultRegistry);
  }

  /// The manifest of a model.
  ///
  /// @throws StoreException if it is not there or another one
  public Manifest manifest(StoredModel model) {
    return manifests.read(model.id());
  }

  /// The file of a blob, for reading.
  ///
  /// @throws MissingBlobException if there is none
  public Path blob(Digest digest) {
    Path path = layout.blob(digest);
    if (!StoreFiles.file(path)) {
      throw new MissingBlobException("store", digest);
    }
    return path;
  }

  /// Where the file of a blob is, or would be.
  public Path place(Digest digest) {
    return layout.blob(digest);
  }

  /// A whole small blob, such as a configuration or a chat template.
  ///
  /// @throws MissingBlobException if there is none
  /// @throws StoreException if it is larger than `maxBytes` or its digest is another
  public byte[] read(Digest digest, int maxBytes) {
    try {
      byte[] bytes = StoreFiles.read(blob(digest), maxBytes);
      if (!Digest.of(bytes).equals(digest)) {
        throw new StoreException(
            "blob %s: expected its digest, got another; mend it with jmr fsck --repair"
                .formatted(digest));
      }
      return bytes;
    } catch (IOException e) {
      throw StoreException.of("blob " + digest, e);
    }
  }

  /// Whether a blob is there with its size.
  public boolean hasBlob(Descriptor blob) {
    return blobs.has(blob);
  }

  /// How many bytes of a blob are there, of an interrupted download too.
  public long presentBytes(Descriptor blob) {
    try {
      return blobs.present(blob);
    } catch (IOException e) {
      throw StoreException.of("blob " + blob.digest(), e);
    }
  }

  /// Whether the manifest and all files of a model are there; not if the manifest is damaged.
  public boolean complete(StoredModel model) {
    try {
      return complete(manifest(model));
    } catch (StoreException e) {
      return false;
    }
  }

  /// Whether all files of a model are there.
  public boolean complete(Manifest manifest) {
    return ManifestFiles.files(manifest).allMatch(blobs::has);
  }

  /// Keeps the blobs of a manifest from being deleted until the pin is closed.
  ///
  /// @throws InterruptedException if interrupted while another process is just deleting one
  public Pin pin(Manifest manifest) throws InterruptedException {
    return pin(ManifestFiles.files(manifest).map(Descriptor::digest).toList());
  }

  /// Keeps blobs, whether they are there or not, from being deleted until the pin is closed.
  ///
  /// @throws InterruptedException if interrupted while another process is just deleting one
  public Pin pin(Collection<Digest> digests) throws InterruptedException {
    try {
      return blobs.pin(digests);
    } catch (IOException e) {
      throw StoreException.of("store " + root(), e);
    }
  }

  /// Begins to write a blob, or goes on after an interruption; waits while someone else writes the
  /// same one.
  ///
  /// @throws InterruptedException if interrupted while waiting
  public BlobWriter openBlob(Descriptor blob) throws InterruptedException {
    try {
      return blobs.open(blob);
    } catch (IOException e) {
      throw StoreException.of("blob " + blob.digest(), e);
    }
  }

  /// As [#openBlob], but empty while someone else writes the same blob.
  ///
  /// @throws InterruptedException if interrupted while another process is just deleting it
  public Optional<BlobWriter> tryOpenBlob(Descriptor blob) throws InterruptedException {
    try {
      return blobs.tryOpen(blob);
    } catch (IOException e) {
      throw StoreException.of("blob " + blob.digest(), e);
    }
  }

  /// Writes a small blob, such as a configuration.
  ///
  /// @throws InterruptedException if interrupted while someone else writes the same one
  public Descriptor putBlob(String mediaType, byte[] bytes) throws InterruptedException {
    Descriptor blob = new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    try (BlobWriter writer = openBlob(blob)) {
      if (writer.remaining() > 0) {
        writer.restart();
        writer.write(bytes, 0, bytes.length);
      }
      writer.commit();
    }
    return blob;
  }

  /// Brings a file of this machine in as a blob, if its size and digest are right.
  ///
  /// @param link whether the blob may be the same file (a hard link) where the disk is the same;
  ///     nobody may change the file afterwards, [StoreUpkeep#fsck] tells if somebody did
  /// @throws CorruptBlobException if the digest is another
  /// @throws InterruptedException if interrupted while someone else writes the same one
  public void importBlob(Descriptor blob, Path file, boolean link) throws InterruptedException {
    try {
      new BlobImport(layout, blobs).add(blob, file, link);
    } catch (IOException e) {
      throw StoreException.of("file " + file, e);
    }
  }

  /// Checks that the disk has room for what is missing of these blobs, and a little more.
  ///
  /// @throws InsufficientSpaceException if it has not
  public void requireSpace(Collection<Descriptor> wanted) {
    try {
      long missing = 0;
      for (Descriptor blob : wanted) {
        // A sum of what someone claims ends where no disk reaches.
        missing =
            Math.min(missing + Math.min(blob.size() - presentBytes(blob), SOME_DISK), SOME_DISK);
      }
      long free = Files.getFileStore(root()).getUsableSpace();
      if (missing > 0 && missing > free - SPARE_BYTES) {
        throw new InsufficientSpaceException(root(), missing, free);
      }
    } catch (IOException e) {
      throw StoreException.of("store " + root(), e);
    }
  }

  /// What keeps the store tidy.
  public StoreUpkeep upkeep() {
    return new StoreUpkeep(layout, blobs, journal, access);
  }

  /// Adds a model whose blobs are all there, or gives a model that is there a name.
  ///
  /// @param tag taken from the model that has it; empty leaves the names as they are
  /// @throws MissingBlobException if a blob is not there
  public StoredModel commit(Manifest manifest, Optional<ModelReference> tag) {
    Optional<String> name = tag.map(ModelStore::tagText);
    return access.change(
        "store " + root(),
        index -> {
          List<Digest> list = new ArrayList<>();
          for (Descriptor file : ManifestFiles.files(manifest).toList()) {
            if (!blobs.has(file)) {
              throw new MissingBlobException("model " + manifest.digest(), file.digest());
            }
            list.add(file.digest());
          }
          manifests.write(manifest);
          index.put(manifest.digest(), list);
          name.ifPresent(text -> index.addTag(manifest.digest(), text));
          index.write(layout.index());
          return index.model(manifest.digest()).orElseThrow();
        });
  }

  private static String tagText(ModelReference reference) {
    if (reference.tag().isEmpty() || reference.digest().isPresent()) {
      throw new StoreException(
          "tag: expected a name and a tag, got %s; leave out the digest".formatted(reference));
    }
    return reference.full();
  }

  /// Gives a model a name, taken from the model that has it.
  ///
  /// @param model name or id
  /// @throws UnknownModelException if there is none
  public StoredModel tag(String model, ModelReference tag) {
    String name = tagText(tag);
    return access.change(
        "store " + root(),
        index -> {
          Digest id = finder(index).require(model).model().id();
          index.addTag(id, name);
          index.write(layout.index());
          return index.model(id).orElseThrow();
        });
  }

  private ModelFinder finder(StoreIndex index) {
    return new ModelFinder(index.models(), defaultRegistry);
  }

  /// Removes one name of a model that has more, else the model with every blob that no other model
  /// uses and nobody is about to use.
  ///
  /// @param model name or id; an id means the model with all its names
  /// @param force whether an id may have more than one name
  /// @throws UnknownModelException if there is none
  /// @throws ModelConflictException if an id has more than one name and `force` is not set
  public List<Removal> remove(String model, boolean force) {
    return access.change(
        "store " + root(),
        index -> {
          ModelFinder.Found found = finder(index).require(model);
          StoredModel stored = found.model();
          if (found.tag().isPresent() && stored.tags().size() > 1) {
            String tag = found.tag().get();
            index.removeTag(tag);
            index.write(layout.index());
            return List.of(new Removal.Untagged(tag));
          }
          if (stored.tags().size() > 1 && !force) {
            throw new ModelConflictException(
                "model %s: expected one name, got %s; remove them one by one, or force"
                    .formatted(stored.id().shortHex(), String.join(", ", stored.displayTags())));
          }
          return remove(index, stored);
        });
  }

  private List<Removal> remove(StoreIndex index, StoredModel model) throws IOException {
    journal.remove(index, model);
    return Stream.concat(
            model.tags().stream().map(Removal.Untagged::new),
            Stream.<Removal>of(new Removal.Deleted(model.id())))
        .toList();
  }
}
