package dev.jmr.model.fuzz;

/// What Jazzer calls, by its own names: the target named by the first argument.
public final class Guided {
  private static FuzzTarget target = FuzzTargets.ALL.getFirst();

  private Guided() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTargets.named(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    target.run(input);
  }
}
