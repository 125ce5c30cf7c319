package dev.jmr.server.store;

/// Something that is not as it should be in a store.
///
/// @param kind of fault
/// @param subject digest, name or file
/// @param detail what was expected and what was found
/// @param remedy what repairing does about it
public record Finding(Kind kind, String subject, String detail, String remedy) {
  /// Kinds of faults.
  public enum Kind {
    /// The index cannot be read.
    BROKEN_INDEX,
    /// An entry of the index is no model.
    BROKEN_ENTRY,
    /// Two models have one name.
    AMBIGUOUS_TAG,
    /// The index lists other files than the manifest.
    WRONG_FILES,
    /// A blob is not what its name says.
    CORRUPT_BLOB,
    /// A model lacks its manifest or a blob.
    BROKEN_MODEL,
    /// A manifest that the index does not list, with all its blobs.
    LOST_MODEL,
    /// A manifest that the index does not list, without its blobs.
    ORPHAN_MANIFEST,
    /// A blob that no model uses, older than a day.
    ORPHAN_BLOB,
    /// A bundle of no model.
    ORPHAN_BUNDLE,
    /// A download that nobody went on with for seven days.
    STALE_PARTIAL
  }
}
