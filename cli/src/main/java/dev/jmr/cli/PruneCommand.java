package dev.jmr.cli;

import dev.jmr.server.store.PruneReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `jmr prune`: removes what nobody asks for any more.
@Command(
    name = "prune",
    description =
        "Removes models without names, and what interrupted downloads left a week ago or earlier.")
final class PruneCommand implements Callable<Integer> {
  private final Context context;

  PruneCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PruneReport report = ModelStores.open(context.environment()).store().upkeep().prune();
    PrintWriter out = context.streams().outWriter();
    report.removals().forEach(removal -> out.println(RmCommand.text(removal)));
    out.println("Total reclaimed space: " + HumanText.size(report.freedBytes()));
    return 0;
  }
}
