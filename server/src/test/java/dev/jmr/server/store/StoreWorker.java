package dev.jmr.server.store;

import dev.jmr.server.reference.ModelReference;
import java.nio.file.Path;
import java.util.Random;

/// Commits, tags and removes models at random, in a process of its own that tests kill or run beside another.
///
/// Every step is announced on the standard output before it begins and after it ended, with the words that
/// [StoreModel] understands.
public final class StoreWorker {
  private static final int NAMES = 4;
  private static final int MODELS = 5;

  private StoreWorker() {}

  /// Arguments: the store, the seed, and for how many milliseconds to work.
  public static void main(String[] arguments) throws Exception {
    ModelStore store = ModelStore.open(Path.of(arguments[0]));
    Random random = new Random(Long.parseLong(arguments[1]));
    long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000;
    say("ready");
    while (System.nanoTime() < end) {
      String step = step(random);
      say("begin " + step);
      run(store, step.split(" ", -1));
      say("end " + step);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static String step(Random random) {
    String name = "name" + random.nextInt(NAMES);
    return switch (random.nextInt(5)) {
      case 0, 1 -> "commit " + name + " " + random.nextInt(MODELS);
      case 2 -> "tag " + name + " name" + random.nextInt(NAMES);
      case 3 -> "remove " + name;
      default -> "delete " + name;
    };
  }

  /// The layers of a model: one of its own, one that it shares with every other, one with every second.
  static String[] layers(String model) {
    int parity = Integer.parseInt(model) % 2;
    return new String[] {("weights of " + model + " ").repeat(2000), "shared", "parity " + parity};
  }

  private static void run(ModelStore store, String[] words) throws InterruptedException {
    try {
      switch (words[0]) {
        case "commit" -> Artifacts.add(store, words[1], layers(words[2]));
        case "tag" -> store.tag(words[1], ModelReference.parse(words[2]));
        case "remove" -> store.remove(words[1], false);
        case "delete" -> store.remove(store.require(words[1]).id().toString(), true);
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (UnknownModelException | ModelConflictException e) {
      // Somebody else was faster, or there never was one.
      say("note " + e.getMessage());
    }
  }
}
