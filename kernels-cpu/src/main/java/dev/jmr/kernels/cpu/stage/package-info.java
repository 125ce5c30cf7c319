/// The parts of a step, one file per kind: what the workers do between two barriers. Points at `linear`, `vector` and
/// `dev.jmr.tensor`; start reading at [dev.jmr.kernels.cpu.stage.Stage].
package dev.jmr.kernels.cpu.stage;
