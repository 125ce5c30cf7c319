/// Our speed beside another engine's: both measured in turn on the same machine, so that what disturbs one disturbs the
/// other. Points at `run`; start reading at [dev.jmr.bench.compare.Comparison].
package dev.jmr.bench.compare;
