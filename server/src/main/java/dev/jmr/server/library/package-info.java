/// The models of a store together with what they say of themselves: what the command line lists and
/// the HTTP server serves. Start at [dev.jmr.server.library.ModelLibrary].
@org.jspecify.annotations.NullMarked
package dev.jmr.server.library;
