/// The backend on TornadoVM: a graph becomes tasks ([dev.jmr.kernels.gpu.tornado.OpTasks]), tasks become task graphs, an
/// executable runs them. Classes of this package link to TornadoVM's, so that only what [dev.jmr.kernels.gpu.sdk] loaded
/// may use them. Start at [dev.jmr.kernels.gpu.tornado.TornadoBackend]; kernels are in `kernel`.
package dev.jmr.kernels.gpu.tornado;
