/// Moves models between registries and the store: pull, push, and a look at what a registry has,
/// with the progress events of Docker Model Runner. Points at `registry`, `store`, `reference` and
/// `artifact`; begin at [Pull].
@org.jspecify.annotations.NullMarked
package dev.jmr.server.transfer;
