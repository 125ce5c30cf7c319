package dev.jmr.server.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The settings of models, by their ids, in a JSON file that outlives the server. Without a file they are kept in memory.
/// Thread-safe.
public final class SettingsFile {
  /// What it is called in the folder of the user's configuration.
  public static final String NAME = "models.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Optional<Path> file;
  private final Map<String, ModelSettings> settings = new LinkedHashMap<>();

  private SettingsFile(Optional<Path> file) {
    this.file = file;
  }

  /// Settings that are forgotten at the end.
  public static SettingsFile inMemory() {
    return new SettingsFile(Optional.empty());
  }

  /// The settings in a file, which need not exist.
  ///
  /// @throws ManagerException if it is there and not what was written by [#put]
  public static SettingsFile open(Path file) {
    SettingsFile opened = new SettingsFile(Optional.of(file));
    try {
      JSON.readTree(Files.readAllBytes(file))
          .properties()
          .forEach(entry -> opened.settings.put(entry.getKey(), read(entry.getValue())));
    } catch (NoSuchFileException _) {
      // Nothing was configured yet.
    } catch (IOException | IllegalArgumentException e) {
      throw new ManagerException(
          file + ": expected settings of models, got something else; delete it to begin anew", e);
    }
    return opened;
  }

  /// Of the model with this id; [ModelSettings#NONE] if there are none.
  public synchronized ModelSettings of(String id) {
    return settings.getOrDefault(id, ModelSettings.NONE);
  }

  /// All that there are, by the models' ids.
  public synchronized Map<String, ModelSettings> all() {
    return new LinkedHashMap<>(settings);
  }

  /// Sets and writes them.
  public synchronized void put(String id, ModelSettings value) {
    settings.put(id, value);
    write();
  }

  /// Forgets the settings of a model.
  public synchronized void remove(String id) {
    if (settings.remove(id) != null) {
      write();
    }
  }

  /// Forgets all.
  public synchronized void clear() {
    settings.clear();
    write();
  }

  private void write() {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode root = JSON.createObjectNode();
    settings.forEach((id, value) -> root.set(id, json(value)));
    Path path = file.get().toAbsolutePath();
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path next = path.resolveSibling(path.getFileName() + ".new");
      Files.write(next, JSON.writeValueAsBytes(root));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written", e);
    }
  }

  private static ObjectNode json(ModelSettings value) {
    ObjectNode node = JSON.createObjectNode();
    value.contextSize().ifPresent(size -> node.put("context-size", size));
    value.keepAlive().ifPresent(time -> node.put("keep_alive", time.toString()));
    value.reasoningBudget().ifPresent(tokens -> node.put("reasoning-budget", tokens));
    value.engine().ifPresent(name -> node.put("engine", name));
    if (!value.sampling().isEmpty()) {
      ObjectNode sampling = node.putObject("sampling");
      value.sampling().forEach(sampling::put);
    }
    if (!value.runtimeFlags().isEmpty()) {
      value.runtimeFlags().forEach(node.putArray("runtime-flags")::add);
    }
    return node;
  }

  private static ModelSettings read(JsonNode node) {
    Map<String, Double> sampling = new LinkedHashMap<>();
    node.path("sampling")
        .properties()
        .forEach(entry -> sampling.put(entry.getKey(), entry.getValue().asDouble()));
    List<String> flags = new ArrayList<>();
    node.path("runtime-flags").forEach(flag -> flags.add(flag.asText()));
    return new ModelSettings(
        integer(node.path("context-size")),
        node.path("keep_alive").isTextual()
            ? Optional.of(KeepAlive.parse(node.path("keep_alive").asText()))
            : Optional.empty(),
        sampling,
        flags,
        integer(node.path("reasoning-budget")),
        Optional.ofNullable(node.path("engine").textValue()));
  }

  private static OptionalInt integer(JsonNode node) {
    return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
  }
}
