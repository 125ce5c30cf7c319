package dev.jmr.cli;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.store.DiskUsage;
import dev.jmr.server.store.Finding;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreUpkeep;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr fsck`: checks the store.
@Command(
    name = "fsck",
    sortOptions = false,
    description =
        "Checks the store: reads every byte, compares digests, looks for what is missing or left over.")
final class FsckCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--repair", description = "Do what the findings advise.")
  private boolean repair;

  @Option(names = "--json", description = "The findings as JSON.")
  private boolean json;

  FsckCommand(Context context) {
    this.context = context;
  }

  /// 0 if the store is sound, or is now; 1 otherwise.
  @Override
  public Integer call() {
    ModelStore store = ModelStores.open(context.environment()).store();
    List<Finding> findings = check(store.upkeep());
    if (json) {
      Json.print(context.streams(), findings);
    } else if (findings.isEmpty()) {
      context.streams().outWriter().println("The store is sound: " + store.root());
    } else {
      print(findings);
    }
    return findings.isEmpty() || repair ? 0 : Failures.FAILED;
  }

  private List<Finding> check(StoreUpkeep upkeep) {
    DiskUsage usage = upkeep.diskUsage();
    try (ByteBar bar =
        new ByteBar(context.streams(), "checking", usage.modelBytes() + usage.orphanBytes())) {
      return upkeep.fsck(repair, bar);
    }
  }

  private static String shortened(String subject) {
    return Digest.tryParse(subject).map(Digest::shortHex).orElse(subject);
  }

  private void print(List<Finding> findings) {
    Table table = new Table("FAULT", "WHAT", "FOUND", repair ? "DONE" : "REPAIR WOULD");
    for (Finding finding : findings) {
      String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.row(kind, shortened(finding.subject()), finding.detail(), finding.remedy());
    }
    table.print(context.streams().outWriter());
    if (!repair) {
      context.streams().note("jmr fsck --repair does this");
    }
  }
}
