/// Finding the settings that are best on this machine for a kind of model. Points at `run` for measuring and at
/// `dev.jmr.runtime.tuning` for keeping them. Start reading at [dev.jmr.bench.tune.Descent].
package dev.jmr.bench.tune;
