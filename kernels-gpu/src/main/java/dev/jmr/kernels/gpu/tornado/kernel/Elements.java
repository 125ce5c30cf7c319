package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// What is computed element by element, one item for each. `rows` says which rows there are, `width` how long they are.
public final class Elements {
  /// Functions of one number: [dev.jmr.tensor.graph.Activation].
  public static final int GELU = 0;

  public static final int TANH = 1;
  public static final int SIGMOID = 2;
  public static final int RELU_SQR = 3;

  /// Gated linear units: [dev.jmr.tensor.graph.Glu].
  public static final int SWIGLU = 0;

  public static final int GEGLU = 1;
  public static final int SWIGLU_OAI = 2;

  /// `a · x`.
  public static final int SCALE = 4;

  /// `a · tanh(x / a)`.
  public static final int SOFTCAP = 5;

  /// Between `-a` and `a`.
  public static final int CLAMP = 6;

  private Elements() {}

  /// `out = function(in)`.
  public static void each(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int out,
      int width,
      int function,
      float a) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      float x = work.get(in + i);
      float y = x * a;
      if (function == GELU) {
        y = gelu(x);
      }
      if (function == TANH) {
        y = TornadoMath.tanh(x);
      }
      if (function == SIGMOID) {
        y = sigmoid(x);
      }
      if (function == RELU_SQR) {
        y = TornadoMath.max(x, 0f) * TornadoMath.max(x, 0f);
      }
      if (function == SOFTCAP) {
        y = a * TornadoMath.tanh(x / a);
      }
      if (function == CLAMP) {
        y = TornadoMath.min(TornadoMath.max(x, -a), a);
      }
      work.set(out + i, y);
    }
  }

  /// See [dev.jmr.tensor.graph.XieluParameters].
  public static void xielu(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int out,
      int width,
      float alphaN,
      float alphaP,
      float beta,
      float epsilon) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      float x = work.get(in + i);
      float low = TornadoMath.min(x, epsilon);
      // Near 0 the difference of the exponential and 1 is all rounding; its series is not.
      float difference =
          low > -0.03f ? low + low * low * (0.5f + low * 0.16666667f) : TornadoMath.exp(low) - 1f;
      float curve = x > 0f ? alphaP * x * x : alphaN * (difference - x);
      work.set(out + i, curve + beta * x);
    }
  }

  /// See [dev.jmr.tensor.graph.Glu]; `perRow` is how often the rows repeat (experts of a token).
  public static void glu(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int gate,
      int up,
      int out,
      int width,
      int perRow,
      int kind) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width * perRow) {
      float g = work.get(gate + i);
      float u = work.get(up + i);
      float y = g * sigmoid(g) * u;
      if (kind == GEGLU) {
        y = gelu(g) * u;
      }
      if (kind == SWIGLU_OAI) {
        float cut = TornadoMath.min(g, 7f);
        float held = TornadoMath.min(TornadoMath.max(u, -7f), 7f);
        y = cut * sigmoid(1.702f * cut) * (held + 1f);
      }
      work.set(out + i, y);
    }
  }

  /// `out = left + right`.
  public static void add(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int left,
      int right,
      int out,
      int width) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      work.set(out + i, work.get(left + i) + work.get(right + i));
    }
  }

  /// `out = left · right`, where each element of `right` stands for a group of `left`.
  public static void multiply(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int left,
      int right,
      int out,
      int width,
      int group) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      work.set(out + i, work.get(left + i) * work.get(right + i / group));
    }
  }

  /// `out = in · factor + summand` of each column; the one that does not matter is 1 or 0.
  public static void columns(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray vector,
      int rows,
      int in,
      int out,
      int width,
      int adds) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      float x = work.get(in + i);
      float v = vector.get(i % width);
      work.set(out + i, adds != 0 ? x + v : x * v);
    }
  }

  private static float sigmoid(float x) {
    return 1f / (1f + TornadoMath.exp(-x));
  }

  private static float gelu(float x) {
    return 0.5f * x * (1f + TornadoMath.tanh(0.7978846f * (x + 0.044715f * x * x * x)));
  }
}
