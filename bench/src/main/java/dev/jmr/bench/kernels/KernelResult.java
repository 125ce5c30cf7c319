package dev.jmr.bench.kernels;

/// How fast one case ran.
///
/// @param kernel label of the family
/// @param type of weights, of keys and values, or of activations
/// @param shape name of the shape
/// @param place label of where the data lay
/// @param tokens rows of activations
/// @param depth positions before the first token
/// @param threads that shared the work
/// @param width bits of a vector
/// @param nanosPerCall the middle one of all rounds
/// @param bytesPerCall that one call reads
/// @param flopsPerCall of one call; 0 where they are not what it is about
public record KernelResult(
    String kernel,
    String type,
    String shape,
    String place,
    int tokens,
    int depth,
    int threads,
    int width,
    double nanosPerCall,
    long bytesPerCall,
    long flopsPerCall) {
  static KernelResult of(
      KernelCase kernelCase, KernelWork work, MachinePeak peak, double nanosPerCall) {
    return new KernelResult(
        kernelCase.family().label(),
        kernelCase.type().name(),
        kernelCase.shape().name(),
        kernelCase.place().label(),
        kernelCase.tokens(),
        kernelCase.depth(),
        peak.threads(),
        peak.width(),
        nanosPerCall,
        work.bytesPerCall(),
        work.flopsPerCall());
  }

  /// Billions of bytes per second.
  public double gigabytesPerSecond() {
    return bytesPerCall / nanosPerCall;
  }

  /// Billions of floating-point operations per second.
  public double gigaflopsPerSecond() {
    return flopsPerCall / nanosPerCall;
  }

  /// Whether both are times of the same case with as many threads of the same width.
  boolean sameCase(KernelResult other) {
    return kernel.equals(other.kernel)
        && type.equals(other.type)
        && shape.equals(other.shape)
        && place.equals(other.place)
        && tokens == other.tokens
        && depth == other.depth
        && threads == other.threads
        && width == other.width;
  }
}
