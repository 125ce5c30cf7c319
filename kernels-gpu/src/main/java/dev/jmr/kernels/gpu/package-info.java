/// The GPU backend as others see it: what tells whether it can run here, and on what. Points at `sdk` and `dev.jmr.tensor`;
/// start reading at [dev.jmr.kernels.gpu.TornadoBackendProvider].
package dev.jmr.kernels.gpu;
