package dev.jmr.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.huggingface.HubOptions;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.log.ServerLog;
import dev.jmr.server.manager.ModelManager;
import dev.jmr.server.models.StoreRoutes;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import dev.jmr.server.store.ModelStore;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "delete");

  @TempDir private Path folder;

  private static JsonNode document() throws Exception {
    try (TestServer server =
        TestServer.start(ServerOptions.defaults(), new FakeEngine().models())) {
      return Json.read(server.get("/openapi.json").body());
    }
  }

  private static JsonNode resolve(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").textValue().substring(1)) : node;
  }

  /// Methods by path.
  private static Map<String, Set<String>> documented(JsonNode document) {
    Map<String, Set<String>> all = new TreeMap<>();
    document
        .path("paths")
        .properties()
        .forEach(path -> {
          Set<String> methods = all.computeIfAbsent(path.getKey(), _ -> new TreeSet<>());
          resolve(document, path.getValue())
              .fieldNames()
              .forEachRemaining(name -> {
                if (METHODS.contains(name)) {
                  methods.add(name.toUpperCase(Locale.ROOT));
                }
              });
        });
    return all;
  }

  @Test
  void hasEveryRouteAndNoOther() throws Exception {
    try (ModelManager models = new FakeEngine().models();
        SlowReaders slowReaders = new SlowReaders();
        RegistryClient registry = new RegistryClient(RegistryOptions.of(Map.of()))) {
      StoreRoutes store =
          new StoreRoutes(
              models,
              new ModelLibrary(ModelStore.open(folder), folder),
              registry,
              HubOptions.of(Map.of()));
      Routes routes =
          new Routes(
              ServerOptions.defaults(), models, Optional.of(store), slowReaders, ServerLog.none());
      routes.addTo(HttpRouting.builder());
      assertThat(documented(document())).isEqualTo(routes.paths());
    }
  }

  @Test
  void isWhole() throws Exception {
    JsonNode document = document();
    assertThat(document.path("openapi").textValue()).isEqualTo("3.1.0");
    for (JsonNode reference : document.findValues("$ref")) {
      String path = reference.textValue();
      assertThat(document.at(path.substring(1)).isMissingNode()).as(path).isFalse();
    }
    Set<String> ids = new HashSet<>();
    for (JsonNode id : document.findValues("operationId")) {
      assertThat(ids.add(id.textValue())).as(id.textValue()).isTrue();
    }
    document
        .path("paths")
        .properties()
        .forEach(path -> {
          List<String> names =
              path.getValue()
                  .path("parameters")
                  .valueStream()
                  .map(parameter -> resolve(document, parameter).path("name").textValue())
                  .toList();
          assertThat(names)
              .containsExactlyInAnyOrderElementsOf(
                  java.util.regex.Pattern.compile("\\{(\\w+)\\}")
                      .matcher(path.getKey())
                      .results()
                      .map(found -> found.group(1))
                      .toList());
        });
  }
}
