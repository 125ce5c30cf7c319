package dev.jmr.cli;

import dev.jmr.server.store.StoreException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `jmr __models`: the names of the store's models, one a line, for the scripts of `jmr completion`. Says nothing of what
/// goes wrong: nobody who presses a key wants to read it.
@Command(name = "__models", hidden = true, description = "The names of the store's models.")
final class ModelNamesCommand implements Callable<Integer> {
  private final Context context;

  ModelNamesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try {
      ModelStores.open(context.environment()).list().stream()
          .flatMap(entry -> entry.displayTags().stream())
          .sorted()
          .forEach(context.streams().outWriter()::println);
      return 0;
    } catch (StoreException e) {
      context.detail(String.valueOf(e.getMessage()));
      return Failures.FAILED;
    }
  }
}
