/// The scalar reference backend: executes every graph on one thread, written to be read. The oracle of every kernel
/// test, and what runs where nothing faster can. Points at `backend`, `graph` and `dev.jmr.tensor`; nothing points
/// here. Start reading at [dev.jmr.tensor.reference.ReferenceExecutable].
package dev.jmr.tensor.reference;
