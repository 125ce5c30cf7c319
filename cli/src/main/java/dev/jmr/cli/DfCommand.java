package dev.jmr.cli;

import dev.jmr.server.store.DiskUsage;
import dev.jmr.server.store.ModelStore;
import java.util.LinkedHashMap;
import java.util.Map;
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
  public Integer call() {
    ModelStore store = ModelStores.open(context.environment()).store();
    DiskUsage usage = store.upkeep().diskUsage();
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", store.root().toString());
      fields.put("models", usage.models());
      fields.put("model_bytes", usage.modelBytes());
      fields.put("orphan_bytes", usage.orphanBytes());
      fields.put("partial_bytes", usage.partialBytes());
      fields.put("free_bytes", usage.freeBytes());
      Json.print(context.streams(), fields);
      return 0;
    }
    new Table("TYPE", "SIZE")
        .row("Models", HumanText.size(usage.modelBytes()))
        .row("Blobs of no model", HumanText.size(usage.orphanBytes()))
        .row("Unfinished downloads", HumanText.size(usage.partialBytes()))
        .row("Free", HumanText.size(usage.freeBytes()))
        .print(context.streams().outWriter());
    return 0;
  }
}
