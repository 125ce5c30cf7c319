/// Settings that were measured to be best on this machine for a kind of model, and the file that keeps them. Points at
/// `model` and the backend SPI of `dev.jmr.tensor`. Start reading at [dev.jmr.runtime.tuning.TuningChoice].
package dev.jmr.runtime.tuning;
