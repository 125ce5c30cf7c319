package dev.jmr.server.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Searches Hugging Face, which chooses and sorts by itself. Source: the hub's API, `/api/models`.
final class HuggingFaceSearch {
  private final ModelSearch search;
  private final SearchOptions options;

  HuggingFaceSearch(ModelSearch search, SearchOptions options) {
    this.search = search;
    this.options = options;
  }

  List<SearchResult> search(String term, int limit) throws InterruptedException {
    URI uri =
        URI.create(
            "%s/api/models?apps=vllm,llama.cpp&sort=downloads&direction=-1&limit=%d%s"
                .formatted(
                    options.huggingFace(),
                    limit,
                    term.isEmpty() ? "" : "&search=" + URLEncoder.encode(term, UTF_8)));
    Map<String, String> headers =
        options.token().map(token -> Map.of("Authorization", "Bearer " + token)).orElse(Map.of());
    List<SearchResult> found = new ArrayList<>();
    for (JsonNode model : search.get(uri, headers)) {
      if (found.size() < limit) {
        found.add(result(model));
      }
    }
    return found;
  }

  private static SearchResult result(JsonNode model) {
    List<String> tags = new ArrayList<>();
    model.path("tags").forEach(tag -> tags.add(tag.asText()));
    List<String> backends = new ArrayList<>();
    if (tags.contains("gguf")) {
      backends.add("llama.cpp");
    }
    if (tags.contains("safetensors")) {
      backends.add("vllm");
    }
    return new SearchResult(
        "hf.co/" + model.path("id").asText(),
        model.path("pipeline_tag").asText("").replace('-', ' '),
        String.join(", ", backends),
        OptionalLong.empty(),
        model.path("downloads").asLong(),
        model.path("likes").asLong(),
        SearchSource.HUGGINGFACE);
  }
}
