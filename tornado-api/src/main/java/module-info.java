/// The classes of TornadoVM's API that JMR uses, declared anew so that JMR is built without an SDK. They work, on the
/// processor and slowly, so that kernels are tested without one. In the product the SDK's own classes take their place.
@org.jspecify.annotations.NullMarked
module tornado.api {
  requires static transitive org.jspecify;

  exports uk.ac.manchester.tornado.api;
  exports uk.ac.manchester.tornado.api.common;
  exports uk.ac.manchester.tornado.api.enums;
  exports uk.ac.manchester.tornado.api.exceptions;
  exports uk.ac.manchester.tornado.api.math;
  exports uk.ac.manchester.tornado.api.types.arrays;
}
