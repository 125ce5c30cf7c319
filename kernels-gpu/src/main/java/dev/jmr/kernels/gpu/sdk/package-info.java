/// Finds a TornadoVM SDK on this machine, and starts it in this JVM from an ordinary `java`: nothing of it is shipped or
/// needed to build. Points at `dev.jmr.tensor` only; start reading at [dev.jmr.kernels.gpu.sdk.SdkStart].
package dev.jmr.kernels.gpu.sdk;
