/// The runtime SPI: what turns a model artifact into answers, whatever stands behind it. Points at `model.chat`,
/// `model.sample` and their plain data only; start reading at [dev.jmr.runtime.Engine].
package dev.jmr.runtime;
