/// What every vector kernel stands on: the width of this JVM's vectors and functions of them. Points at nothing of ours;
/// start reading at [dev.jmr.kernels.cpu.vector.Lanes].
package dev.jmr.kernels.cpu.vector;
