package uk.ac.manchester.tornado.api.math;

/// Functions of floats, which devices compute on their own.
public final class TornadoMath {
  private TornadoMath() {}

  public static float max(float a, float b) {
    return Math.max(a, b);
  }

  public static float min(float a, float b) {
    return Math.min(a, b);
  }

  public static float abs(float a) {
    return Math.abs(a);
  }

  public static float sqrt(float a) {
    return (float) Math.sqrt(a);
  }

  public static float exp(float a) {
    return (float) Math.exp(a);
  }

  public static float log(float a) {
    return (float) Math.log(a);
  }

  public static float tanh(float a) {
    return (float) Math.tanh(a);
  }

  public static float sin(float a) {
    return (float) Math.sin(a);
  }

  public static float cos(float a) {
    return (float) Math.cos(a);
  }
}
