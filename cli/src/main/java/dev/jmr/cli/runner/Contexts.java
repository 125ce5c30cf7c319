package dev.jmr.cli.runner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The named runners of a user: the file `model/contexts.json` in Docker's folder, as Docker's own command keeps it.
///
/// Each change is made under a lock between processes, and written beside the file and renamed.
public final class Contexts {
  /// The context that stands for looking around.
  public static final String DEFAULT = "default";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final long MOST_BYTES = 1 << 20;

  private final Path folder;

  /// One of them.
  ///
  /// @param createdAt in RFC 3339; may be empty
  public record Entry(String name, String host, Tls tls, String description, String createdAt) {}

  /// What the file says.
  ///
  /// @param current the name of the one in use; [#DEFAULT] if none is
  public record Content(String current, List<Entry> entries) {
    public Content {
      entries = List.copyOf(entries);
    }

    /// The one of this name.
    public Optional<Entry> find(String name) {
      return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
  }

  /// @param dockerFolder Docker's folder, such as `~/.docker`
  public Contexts(Path dockerFolder) {
    this.folder = dockerFolder.resolve("model");
  }

  /// Those of the folder that the environment names: `DOCKER_CONFIG`, else `~/.docker`.
  public static Contexts of(Map<String, String> environment) {
    return new Contexts(
        Optional.ofNullable(environment.get("DOCKER_CONFIG"))
            .filter(config -> !config.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".docker")));
  }

  private Path file() {
    return folder.resolve("contexts.json");
  }

  /// What there is now; nothing if there is no file.
  ///
  /// @throws RunnerException if the file cannot be understood
  public Content read() {
    if (!Files.isRegularFile(file())) {
      return new Content(DEFAULT, List.of());
    }
    try {
      if (Files.size(file()) > MOST_BYTES) {
        throw new RunnerException(0, file() + ": expected at most 1 MiB");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file()));
      List<Entry> entries = new ArrayList<>();
      root.path("contexts").properties().forEach(each -> entries.add(entry(each)));
      String current = root.path("current").asText("");
      return new Content(current.isEmpty() ? DEFAULT : current, entries);
    } catch (JacksonException e) {
      throw new RunnerException(
          "%s: expected JSON; mend or delete it: %s".formatted(file(), e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file() + ": " + e.getMessage(), e);
    }
  }

  private static Entry entry(Map.Entry<String, JsonNode> each) {
    JsonNode value = each.getValue();
    JsonNode tls = value.path("tls");
    return new Entry(
        each.getKey(),
        value.path("host").asText(""),
        new Tls(
            tls.path("enabled").asBoolean(),
            tls.path("skipVerify").asBoolean(),
            Optional.of(tls.path("caCert").asText("")).filter(text -> !text.isEmpty())),
        value.path("description").asText(""),
        value.path("createdAt").asText(""));
  }

  /// Adds one.
  ///
  /// @throws RunnerException if there is one of this name, or the name or address is none
  public void create(String name, String host, Tls tls, String description) {
    if (!NAME.matcher(name).matches() || name.equals(DEFAULT)) {
      throw new RunnerException(
          0,
          "context: expected a name of letters, digits, '_', '.' and '-' other than 'default', got '%s'"
              .formatted(name));
    }
    RunnerAddress.of(host, tls, "--host");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    change(content -> {
      if (content.find(name).isPresent()) {
        throw new RunnerException(
            0, "context '%s' is there already; remove it first".formatted(name));
      }
      List<Entry> entries = new ArrayList<>(content.entries());
      entries.add(new Entry(name, host, tls, description, now.toString()));
      return new Content(content.current(), entries);
    });
  }

  /// Makes one the current one.
  ///
  /// @throws RunnerException if there is none of this name
  public void use(String name) {
    change(content -> {
      require(content, name);
      return new Content(name, content.entries());
    });
  }

  /// Removes some; if the current one is among them, the default is current.
  ///
  /// @throws RunnerException if there is none of a name; then none is removed
  public void remove(List<String> names) {
    change(content -> {
      names.forEach(name -> require(content, name));
      if (names.contains(DEFAULT)) {
        throw new RunnerException(0, "context 'default' is built in and stays");
      }
      List<Entry> rest =
          content.entries().stream().filter(entry -> !names.contains(entry.name())).toList();
      return new Content(names.contains(content.current()) ? DEFAULT : content.current(), rest);
    });
  }

  private static void require(Content content, String name) {
    if (!name.equals(DEFAULT) && content.find(name).isEmpty()) {
      throw new RunnerException(
          0, "context '%s' is not there; 'context ls' lists what is".formatted(name));
    }
  }

  private void change(UnaryOperator<Content> change) {
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve("contexts.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = lock.lock()) {
        Path temporary = Files.createTempFile(folder, "contexts", ".tmp");
        try {
          byte[] text =
              JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(change.apply(read())));
          Files.write(temporary, text);
          Files.move(
              temporary,
              file(),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(temporary);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file() + ": " + e.getMessage(), e);
    }
  }

  private static ObjectNode json(Content content) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", 1);
    root.put("current", content.current().equals(DEFAULT) ? "" : content.current());
    ObjectNode all = root.putObject("contexts");
    content.entries().forEach(entry -> all.set(entry.name(), json(entry)));
    return root;
  }

  /// As the file has it, without its name.
  public static ObjectNode json(Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("host", entry.host());
    ObjectNode tls = node.putObject("tls");
    tls.put("enabled", entry.tls().enabled());
    tls.put("skipVerify", entry.tls().skipVerify());
    tls.put("caCert", entry.tls().caCert().orElse(""));
    node.put("description", entry.description());
    node.put("createdAt", entry.createdAt());
    return node;
  }
}
