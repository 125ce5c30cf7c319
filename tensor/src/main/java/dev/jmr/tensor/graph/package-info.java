/// The compute graph of one forward pass: what to compute, not how. Points at `dev.jmr.tensor` only; start reading at
/// [dev.jmr.tensor.graph.Op], then [dev.jmr.tensor.graph.GraphBuilder].
package dev.jmr.tensor.graph;
