package dev.jmr.kernels.cpu.stage;

/// Where experts find packed activations: rows from [dev.jmr.kernels.cpu.vector.Lanes#PAD] on, panels behind them.
///
/// @param index the buffer
/// @param panels where the panels begin in it
record ExpertBuffer(int index, int panels) {}
