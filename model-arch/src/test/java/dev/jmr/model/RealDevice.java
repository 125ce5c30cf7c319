package dev.jmr.model;

import dev.jmr.kernels.gpu.TornadoBackendProvider;

/// Runs test models on the first device of a TornadoVM SDK, in a JVM that was started with its flags, and tells for each how
/// far its logits are from llama.cpp's. Arguments: their names.
final class RealDevice {
  private RealDevice() {}

  public static void main(String... names) {
    for (String name : names) {
      GoldenResults golden = TestModels.golden(name);
      int[] prompt = golden.promptIds();
      try (Model model = Model.open(TestModels.path(name));
          SingleSequence sequence = new SingleSequence(new TornadoBackendProvider(), model)) {
        float[] logits = sequence.feed(prompt, prompt.length - 3);
        float difference = 0;
        for (int i = 0; i < logits.length; i++) {
          difference = Math.max(difference, Math.abs(logits[i] - golden.logits()[i]));
        }
        System.out.println(
            name + " " + (difference <= GoldenLogitsTest.tolerance(model)) + " " + difference);
      }
    }
  }
}
