/// Weight × activations, one file per kernel family. Points at `vector` and `dev.jmr.tensor` only; start reading at
/// [dev.jmr.kernels.cpu.linear.LinearKernel], then `Q8_0Kernel`, then the table `LinearKernels`.
///
/// Two forms share one kernel class per tensor type:
/// - *dot*, for few tokens: one weight row after the other straight from the mapped blocks, lanes along the columns.
///   It is bound by reading the weights.
/// - *panel*, for many: a tile of weight rows is unpacked to floats once and multiplied with tokens as lanes
///   ([dev.jmr.kernels.cpu.linear.PanelMatmul]). It is bound by multiplying.
///
/// Quantized blocks are read as ints and their fields masked *in place*, not shifted down: a field at bit `s` is `2^s`
/// times too large, and the activation that meets it was scaled by `2^-s` (exact) and moved to the lane where the field
/// lies, once per operation ([dev.jmr.kernels.cpu.linear.ActivationOrder]). What remains per weight vector is
/// and, convert, fma.
///
/// Each kernel has loops of its own that are compiled by themselves (`dot`, and what else `jvm.flags` keeps from being
/// inlined), one row after the other: a chunk is one stream of memory. A loop that several kernels shared would be compiled
/// for the more frequent one, and the other's vectors boxed.
///
/// A compiled method has room for some 60 vector operations (C2 stops inlining at 18,000 nodes and boxes vectors from
/// there on), hence the loops: rolled, flat, and in separate methods for scales and products.
package dev.jmr.kernels.cpu.linear;
