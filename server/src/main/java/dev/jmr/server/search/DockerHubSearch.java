package dev.jmr.server.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Searches Docker Hub: all repositories of `ai`, of which the fitting ones are chosen here. Source: Docker Hub's API,
/// `/v2/repositories/{namespace}/`.
final class DockerHubSearch {
  private static final int PAGE_SIZE = 100;
  private static final int MAX_PAGES = 10;

  private final ModelSearch search;
  private final URI endpoint;

  DockerHubSearch(ModelSearch search, URI endpoint) {
    this.search = search;
    this.endpoint = endpoint;
  }

  List<SearchResult> search(String term, int limit) throws InterruptedException {
    List<SearchResult> found = new ArrayList<>();
    String wanted = term.toLowerCase(Locale.ROOT);
    boolean more = true;
    for (int page = 1; more && page <= MAX_PAGES; page++) {
      JsonNode answer = search.get(address(page), Map.of());
      for (JsonNode repository : answer.path("results")) {
        SearchResult result = result(repository);
        String text = result.name() + " " + result.description();
        if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
          found.add(result);
        }
      }
      more = answer.hasNonNull("next");
    }
    return found.stream()
        .sorted(Comparator.comparingLong(SearchResult::downloads).reversed())
        .limit(limit)
        .toList();
  }

  private URI address(int page) {
    return URI.create(
        "%s/v2/repositories/ai/?page_size=%d&page=%d".formatted(endpoint, PAGE_SIZE, page));
  }

  private static SearchResult result(JsonNode repository) {
    String name = repository.path("name").asText();
    long size = repository.path("storage_size").asLong();
    return new SearchResult(
        "ai/" + name,
        repository.path("description").asText("").strip(),
        name.endsWith("-vllm") ? "vllm" : "llama.cpp",
        size > 0 ? OptionalLong.of(size) : OptionalLong.empty(),
        repository.path("pull_count").asLong(),
        repository.path("star_count").asLong(),
        SearchSource.DOCKERHUB);
  }
}
