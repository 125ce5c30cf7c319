/// The GPU backend: the graph on the devices of a TornadoVM SDK, if one is found at run time.
@org.jspecify.annotations.NullMarked
module dev.jmr.kernels.gpu {
  requires static org.jspecify;
  requires transitive dev.jmr.tensor;
  requires static tornado.api;

  provides dev.jmr.tensor.backend.BackendProvider with
      dev.jmr.kernels.gpu.TornadoBackendProvider;
}
