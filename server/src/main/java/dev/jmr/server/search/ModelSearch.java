package dev.jmr.server.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.json.BoundedJson;
import dev.jmr.server.json.MalformedJsonException;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.RetryPolicy;
import dev.jmr.server.registry.WebTransport;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks Docker Hub and Hugging Face for models. Any thread may use it; an interrupted one gives up its request.
public final class ModelSearch implements AutoCloseable {
  private static final int MAX_BYTES = 8 << 20;

  private final SearchOptions options;
  private final WebTransport transport;

  public ModelSearch(SearchOptions options) {
    this.options = options;
    this.transport = new WebTransport(options.connection());
  }

  /// The models of a source that `term` fits, those fetched most often first.
  ///
  /// @param term words that the name or the description holds; empty = all
  /// @param limit the most results, at least 1
  /// @throws RegistryException if the source cannot be reached or answers what makes no sense
  public List<SearchResult> search(SearchSource source, String term, int limit)
      throws InterruptedException {
    return switch (source) {
      case DOCKERHUB -> new DockerHubSearch(this, options.dockerHub()).search(term, limit);
      case HUGGINGFACE -> new HuggingFaceSearch(this, options).search(term, limit);
    };
  }

  /// The JSON at an address.
  JsonNode get(URI uri, Map<String, String> headers) throws InterruptedException {
    RetryPolicy retry = options.connection().retry();
    for (int failures = 1; ; failures++) {
      try {
        return once(uri, headers);
      } catch (IOException e) {
        if (!retry.again(e, failures)) {
          throw new RegistryException(
              RegistryException.Kind.UNREACHABLE,
              "%s: cannot be reached: %s; check the network and the proxy (HTTPS_PROXY), then try again"
                  .formatted(uri.getAuthority(), reason(e)),
              e);
        }
        retry.pause(e, failures);
      }
    }
  }

  private static String reason(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  private JsonNode once(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    try (WebTransport.Response answer = transport.get(uri, headers)) {
      if (answer.busy()) {
        throw answer.failure();
      }
      if (answer.status() != 200) {
        throw new RegistryException(
            RegistryException.Kind.INVALID,
            "%s: expected models, got %s".formatted(uri.getAuthority(), answer.description()));
      }
      return BoundedJson.read(answer.body().readNBytes(MAX_BYTES + 1), MAX_BYTES);
    } catch (MalformedJsonException e) {
      throw new RegistryException(
          RegistryException.Kind.INVALID, uri.getAuthority() + ": " + e.getMessage(), e);
    }
  }

  /// Ends what is under way.
  @Override
  public void close() {
    transport.close();
  }
}
