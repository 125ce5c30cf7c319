/// The names of models: one reading of them for the store, the registries, the server and the
/// commands.
///
/// Start with [dev.jmr.server.reference.ModelReference]. Points at [dev.jmr.server.artifact] only.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.reference;
