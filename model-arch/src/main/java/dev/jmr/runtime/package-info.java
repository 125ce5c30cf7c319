/// The runtime SPI: what turns a model artifact into answers, whatever stands behind it. Points at the plain data of
/// `model.chat`, `model.sample` and `model.embedding` only; start reading at [dev.jmr.runtime.Engine].
package dev.jmr.runtime;
