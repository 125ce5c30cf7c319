package dev.jmr.server.store;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.store.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares index, manifests and blobs with one another. Only for who has the index.
///
/// Repairing never takes a sound blob that index or manifests listed when it began: a model that is
/// forgotten because one blob is broken is pulled again without fetching the others.
final class StoreCheck {
  private static final Duration GRACE = Duration.ofDays(1);
  private static final Duration STALE = Duration.ofDays(7);

  private final StoreLayout layout;
  private final BlobStore blobs;
  private final Set<Digest> corrupt;
  private final ManifestFiles manifests;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Fix> fixes = new ArrayList<>();
  private boolean rebuilt;

  StoreCheck(StoreLayout layout, BlobStore blobs, Set<Digest> corrupt) {
    this.layout = layout;
    this.blobs = blobs;
    this.corrupt = corrupt;
    this.manifests = new ManifestFiles(layout);
  }

  private interface Fix {
    void run() throws IOException;
  }

  List<Finding> run(boolean repair) throws IOException {
    StoreIndex index = index();
    checkEntries(index);
    checkBlobs();
    Set<Digest> used = index.files();
    for (StoredModel model : index.models()) {
      checkModel(index, model);
    }
    checkManifests(index, used);
    checkLeftovers(index, used);
    if (repair && !fixes.isEmpty()) {
      for (Fix fix : fixes) {
        fix.run();
      }
      index.write(layout.index());
    }
    return List.copyOf(findings);
  }

  private void found(Kind kind, Object subject, String detail, String remedy, Fix fix) {
    findings.add(new Finding(kind, subject.toString(), detail, remedy));
    fixes.add(fix);
  }

  private StoreIndex index() throws IOException {
    try {
      return StoreIndex.read(layout.index());
    } catch (StoreException e) {
      rebuilt = true;
      found(
          Kind.BROKEN_INDEX,
          "models.json",
          String.valueOf(e.getMessage()),
          "make it anew from the manifests, without names",
          () ->
              StoreFiles.replace(
                  layout.index(), layout.index().resolveSibling("models.json.broken")));
      return StoreIndex.empty();
    }
  }

  private void checkEntries(StoreIndex index) {
    int broken = index.unreadable();
    if (broken > 0) {
      found(
          Kind.BROKEN_ENTRY,
          "models.json",
          "expected models with an id, got %d entries without".formatted(broken),
          "remove them",
          index::removeUnreadable);
    }
    Set<String> seen = new HashSet<>();
    for (StoredModel model : index.models()) {
      for (String tag : model.tags()) {
        if (!seen.add(tag)) {
          found(
              Kind.AMBIGUOUS_TAG,
              tag,
              "expected one model, got another: " + model.id().shortHex(),
              "leave it to the first",
              () -> index.addTag(first(index, tag).id(), tag));
        }
      }
    }
  }

  private static StoredModel first(StoreIndex index, String tag) {
    return index.models().stream()
        .filter(model -> model.tags().contains(tag))
        .findFirst()
        .orElseThrow();
  }

  private void checkBlobs() {
    for (Digest blob : corrupt) {
      found(
          Kind.CORRUPT_BLOB,
          blob,
          "expected its digest, got another",
          "delete it",
          () -> blobs.delete(blob));
    }
  }

  private void checkModel(StoreIndex index, StoredModel model) {
    Optional<Manifest> manifest = Optional.empty();
    String fault;
    try {
      manifest = Optional.of(manifests.read(model.id()));
      fault = fault(manifest.get());
    } catch (StoreException e) {
      fault = String.valueOf(e.getMessage());
    }
    if (!fault.isEmpty()) {
      found(
          Kind.BROKEN_MODEL,
          model.tags().isEmpty() ? model.id() : String.join(", ", model.tags()),
          fault,
          "forget it and keep its other blobs; pull it again",
          () -> forget(index, model));
      return;
    }
    List<Digest> files =
        manifest.stream().flatMap(ManifestFiles::files).map(Descriptor::digest).toList();
    if (!new HashSet<>(files).equals(new HashSet<>(model.files()))) {
      found(
          Kind.WRONG_FILES,
          model.id(),
          "expected the files of the manifest, got others",
          "list those of the manifest",
          () -> index.put(model.id(), files));
    }
  }

  /// What a manifest lacks; empty if nothing.
  private String fault(Manifest manifest) {
    return ManifestFiles.files(manifest)
        .filter(blob -> corrupt.contains(blob.digest()) || !blobs.has(blob))
        .map(blob ->
            "expected blob %s with %d bytes".formatted(blob.digest().shortHex(), blob.size()))
        .findFirst()
        .orElse("");
  }

  private void forget(StoreIndex index, StoredModel model) throws IOException {
    index.remove(model.id());
    // The names must be gone from the disk before the manifest is.
    index.write(layout.index());
    RemovalJournal.deleteTree(layout.bundle(model.id()));
    Files.deleteIfExists(layout.manifest(model.id()));
  }

  private void checkManifests(StoreIndex index, Set<Digest> used) throws IOException {
    for (Digest id : layout.listManifests()) {
      if (index.model(id).isEmpty()) {
        checkManifest(index, id, used);
      }
    }
  }

  private void checkManifest(StoreIndex index, Digest id, Set<Digest> used) {
    try {
      Manifest manifest = manifests.read(id);
      List<Digest> files = ManifestFiles.files(manifest).map(Descriptor::digest).toList();
      used.addAll(files);
      String fault = fault(manifest);
      if (fault.isEmpty()) {
        found(
            Kind.LOST_MODEL,
            id,
            rebuilt ? "the index cannot be read" : "expected it in the index",
            "list it, without a name",
            () -> index.put(id, files));
        return;
      }
      orphan(id, fault);
    } catch (StoreException e) {
      orphan(id, String.valueOf(e.getMessage()));
    }
  }

  private void orphan(Digest id, String fault) {
    found(
        Kind.ORPHAN_MANIFEST,
        id,
        fault,
        "delete it",
        () -> Files.deleteIfExists(layout.manifest(id)));
  }

  private void checkLeftovers(StoreIndex index, Set<Digest> used) throws IOException {
    for (Digest blob : layout.listBlobs()) {
      boolean orphan = !used.contains(blob) && !corrupt.contains(blob);
      if (orphan && StoreUpkeep.older(layout.blob(blob), GRACE)) {
        found(Kind.ORPHAN_BLOB, blob, "no model uses it", "delete it", () -> blobs.delete(blob));
      }
    }
    for (Digest id : layout.listBundles()) {
      if (index.model(id).isEmpty()) {
        found(
            Kind.ORPHAN_BUNDLE,
            id,
            "no model has it",
            "delete it",
            () -> RemovalJournal.deleteTree(layout.bundle(id)));
      }
    }
    for (Digest blob : layout.listPartials()) {
      if (StoreUpkeep.older(layout.partial(blob), STALE)) {
        found(
            Kind.STALE_PARTIAL,
            blob,
            "nobody went on with it for seven days",
            "delete it",
            () -> blobs.deletePartial(blob));
      }
    }
  }
}
