package dev.jmr.cli;

import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Device;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr devices`: what models can be computed on besides the processor.
@Command(
    name = "devices",
    sortOptions = false,
    description = "Lists GPUs and other devices that models can run on.")
final class DevicesCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DevicesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    show(context.streams(), json, Backends.candidates());
    return 0;
  }

  static void show(Streams streams, boolean json, List<Backends.Candidate> candidates) {
    if (json) {
      Json.print(streams, json(candidates));
    } else {
      print(streams.outWriter(), candidates);
    }
  }

  private static void print(PrintWriter out, List<Backends.Candidate> candidates) {
    Table table = new Table("DEVICE", "NAME", "KIND", "MEMORY", "DRIVER", "BACKEND");
    int count = 0;
    for (Backends.Candidate candidate : candidates) {
      for (Device device : candidate.provider().devices()) {
        count++;
        table.row(
            device.name(),
            device.description(),
            kind(device),
            HumanText.size(device.memoryBytes()),
            device.driver(),
            candidate.provider().name());
      }
    }
    if (count > 0) {
      table.print(out);
    } else {
      out.println("No device was found: models run on the processor.");
    }
    missing(candidates).forEach(out::println);
  }

  /// The backends for devices that cannot be used, with what they need; asked again, as after a look at their devices they
  /// may know more.
  private static List<Backends.Candidate> missing(List<Backends.Candidate> candidates) {
    return candidates.stream()
        .map(Backends.Candidate::provider)
        .filter(BackendProvider::onDevices)
        .map(provider -> new Backends.Candidate(provider, provider.probe()))
        .filter(candidate -> candidate.availability() instanceof Availability.Unavailable)
        .toList();
  }

  private static Map<String, Object> json(List<Backends.Candidate> candidates) {
    List<Map<String, Object>> devices = new ArrayList<>();
    for (Backends.Candidate candidate : candidates) {
      for (Device device : candidate.provider().devices()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("device", device.name());
        entry.put("name", device.description());
        entry.put("kind", kind(device));
        entry.put("memory_bytes", device.memoryBytes());
        entry.put("driver", device.driver());
        entry.put("backend", candidate.provider().name());
        devices.add(entry);
      }
    }
    List<String> skipped = missing(candidates).stream().map(Object::toString).toList();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("devices", devices);
    root.put("skipped", skipped);
    return root;
  }

  private static String kind(Device device) {
    return device.kind().name().toLowerCase(Locale.ROOT);
  }
}
