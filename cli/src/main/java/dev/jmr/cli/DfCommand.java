package dev.jmr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.cli.runner.EmbeddedRunner;
import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.server.store.DiskUsage;
import dev.jmr.server.store.ModelStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr df`: what models take of the disk.
@Command(
    name = "df",
    sortOptions = false,
    description = "Shows how much of the disk the models take.")
final class DfCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--json", description = "As JSON, in bytes.")
  private boolean json;

  DfCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      JsonNode usage = runner.diskUsage();
      if (json) {
        Json.print(context.streams(), usage);
      } else {
        new Table("TYPE", "SIZE")
            .row("Models", HumanText.size(usage.path("models_disk_usage").asLong()))
            .row(
                "Inference engine",
                HumanText.size(usage.path("default_backend_disk_usage").asLong()))
            .print(context.streams().outWriter());
      }
      if (runner instanceof EmbeddedRunner && context.verbose()) {
        tellMore(ModelStores.open(context.environment()).store());
      }
    }
    return 0;
  }

  private void tellMore(ModelStore store) {
    DiskUsage usage = store.upkeep().diskUsage();
    context.detail("store " + store.root());
    context.detail("blobs of no model " + HumanText.size(usage.orphanBytes()));
    context.detail("unfinished downloads " + HumanText.size(usage.partialBytes()));
    context.detail("free " + HumanText.size(usage.freeBytes()));
  }
}
