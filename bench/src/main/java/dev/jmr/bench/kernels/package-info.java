/// Measures kernels by themselves: `jmr bench kernels`, and the cases that the JMH benchmarks time as well. Points at
/// `dev.jmr.kernels.cpu.linear`, at the backend SPI and at `dev.jmr.tensor`, never at the end-to-end benchmarks; start
/// reading at [dev.jmr.bench.kernels.KernelCase], then `DotStep`, then [dev.jmr.bench.kernels.KernelsCommand].
///
/// Matmul kernels are called directly, as the stages of the CPU backend call them. The other operations are measured
/// through graphs that repeat one operation, because what a backend makes of them is its own business.
///
/// Nothing here may load a class of the Vector API before [dev.jmr.bench.kernels.KernelsCommand] has found its module.
package dev.jmr.bench.kernels;
