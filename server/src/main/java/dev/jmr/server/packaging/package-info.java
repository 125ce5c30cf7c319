/// Makes artifacts of files, other artifacts of artifacts, and archives of both.
///
/// Start with [dev.jmr.server.packaging.ModelPackager] and [dev.jmr.server.packaging.ModelArchive].
/// Knows the store, no registry.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.packaging;
