/// Many users at once, for a while: [dev.jmr.server.load.LoadTest] is the short form, and
/// [dev.jmr.server.load.LoadMain] and [dev.jmr.server.load.ThroughputMain] are started by hand against a server
/// that runs.
package dev.jmr.server.load;
