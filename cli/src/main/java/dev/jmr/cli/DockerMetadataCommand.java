package dev.jmr.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/// `docker-model docker-cli-plugin-metadata`: tells the Docker client that this is a plugin, and which.
@Command(
    name = "docker-cli-plugin-metadata",
    hidden = true,
    description = "Describes the plugin to the Docker client.")
final class DockerMetadataCommand implements Callable<Integer> {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  /// The version of the plugin's commands that ours are: Compose asks for 1.0.6 before it passes runtime flags.
  private static final int MAJOR = 1;

  private final Context context;

  DockerMetadataCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Json.print(
        context.streams(),
        json -> {
          json.writeStartObject();
          json.writeStringField("SchemaVersion", "0.1.0");
          json.writeStringField("Vendor", "JMR");
          json.writeStringField("Version", version(VersionCommand.version()));
          json.writeStringField("ShortDescription", "Java Model Runner");
          json.writeEndObject();
        });
    return 0;
  }

  /// Ours as a semantic version of the plugin: `0.2.3` is `v1.2.3`.
  static String version(String own) {
    Matcher numbers = NUMBERS.matcher(own);
    return numbers.matches()
        ? String.format(
            Locale.ROOT,
            "v%d.%s.%s",
            MAJOR + Integer.parseInt(numbers.group(1)),
            numbers.group(2),
            numbers.group(3))
        : "v%d.1.0".formatted(MAJOR);
  }
}
