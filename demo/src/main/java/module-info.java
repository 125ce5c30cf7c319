/// The model that comes with JMR.
@org.jspecify.annotations.NullMarked
module dev.jmr.demo {
  requires static org.jspecify;

  exports dev.jmr.demo;
}
