/// What a tensor is, the block formats, the compute graph, the backend SPI and the reference backend.
@org.jspecify.annotations.NullMarked
module dev.jmr.tensor {
  requires static org.jspecify;

  exports dev.jmr.tensor;
  exports dev.jmr.tensor.quant;
  exports dev.jmr.tensor.graph;
  exports dev.jmr.tensor.backend;

  uses dev.jmr.tensor.backend.BackendProvider;

  provides dev.jmr.tensor.backend.BackendProvider with
      dev.jmr.tensor.reference.ReferenceBackendProvider;
}
