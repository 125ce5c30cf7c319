/// The model store: a folder in Docker Model Runner's layout, which both programs may use at the
/// same time.
///
/// Start with [dev.jmr.server.store.ModelStore]. Points at [dev.jmr.server.artifact] and
/// [dev.jmr.server.reference] only; knows no registry. `StoreLock` says how threads and processes
/// share a store, `RemovalJournal` why a crash leaves nothing half removed.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.store;
