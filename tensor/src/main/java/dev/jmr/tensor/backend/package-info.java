/// The backend SPI: what executes graphs, with which batches, over which key-value pages. Points at `graph` and
/// `dev.jmr.tensor`; start reading at [dev.jmr.tensor.backend.BackendProvider].
package dev.jmr.tensor.backend;
