package dev.jmr.cli;

import dev.jmr.cli.runner.EmbeddedRunner;
import dev.jmr.server.store.DiskUsage;
import dev.jmr.server.store.PruneReport;
import dev.jmr.server.store.StoreUpkeep;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr prune`: removes what nobody asks for any more.
@Command(
    name = "prune",
    description =
        "Removes models without names, and what interrupted downloads left a week ago or earlier.",
    sortOptions = false)
final class PruneCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = {"-a", "--all"},
      description = "Remove what interrupted downloads left, however late; nothing in use.")
  private boolean all;

  PruneCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    StoreUpkeep upkeep = ModelStores.open(context.environment()).store().upkeep();
    PruneReport report = all ? upkeep.prune(Duration.ZERO) : upkeep.prune();
    PrintWriter out = context.streams().outWriter();
    report.removals().forEach(removal -> out.println(EmbeddedRunner.line(removal)));
    out.println("Total reclaimed space: " + HumanText.size(report.freedBytes()));
    DiskUsage left = upkeep.diskUsage();
    long unfinished = left.orphanBytes() + left.partialBytes();
    if (!all && unfinished > 0) {
      context
          .streams()
          .note(
              "%s of unfinished downloads stay for a week, for a pull to go on with; --all removes them"
                  .formatted(HumanText.size(unfinished)));
    }
    return 0;
  }
}
