/// The CPU backend. Points at `stage`, `linear` and `dev.jmr.tensor`; start reading at
/// [dev.jmr.kernels.cpu.CpuExecutable].
///
/// A graph becomes a list of stages; a team of workers walks the list together, each claiming chunks of the stage at
/// hand ([dev.jmr.kernels.cpu.WorkerTeam]).
package dev.jmr.kernels.cpu;
