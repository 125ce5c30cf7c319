package dev.jmr.server.huggingface;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jmr.server.registry.BlobStream;
import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.registry.TransientException;
import dev.jmr.server.registry.WebTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads repositories of the hub. Any thread may use it, several at once; an interrupted one gives
/// up what it does.
///
/// Source: the hub's HTTP API, `/api/models/{repository}/revision` and `/tree`, and
/// `/{repository}/resolve`.
final class HubClient implements AutoCloseable {
  private static final int MAX_PAGES = 100;
  private static final Pattern NEXT_PAGE = Pattern.compile("<([^<>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})");

  private final WebTransport transport;
  private final HubRequests requests;
  private final URI endpoint;

  HubClient(HubOptions options) {
    this.transport = new WebTransport(options.connection());
    this.requests = new HubRequests(transport, options);
    this.endpoint = options.endpoint();
  }

  HubRequests requests() {
    return requests;
  }

  /// The present state of a repository.
  ///
  /// @throws RegistryException if there is none, or the hub does not let us
  HubRevision revision(String repository) throws InterruptedException {
    URI uri = URI.create(endpoint + "/api/models/" + repository + "/revision/main");
    return HubListing.revision(repository, page(repository, uri).bytes);
  }

  /// All files of a repository, in folders too.
  List<HubFile> files(HubRevision revision) throws InterruptedException {
    String repository = revision.repository();
    URI uri =
        URI.create(
            "%s/api/models/%s/tree/%s?recursive=true"
                .formatted(endpoint, repository, revision.commit()));
    List<HubFile> files = new ArrayList<>();
    Optional<URI> next = Optional.of(uri);
    for (int pages = 0; next.isPresent(); pages++) {
      if (pages == MAX_PAGES) {
        throw new RegistryException(
            RegistryException.Kind.INVALID,
            "%s: expected at most %d pages of files".formatted(repository, MAX_PAGES));
      }
      Page page = page(repository, next.get());
      files.addAll(HubListing.files(repository, page.bytes));
      next = page.next;
    }
    return files;
  }

  private record Page(byte[] bytes, Optional<URI> next) {}

  private Page page(String repository, URI uri) throws InterruptedException {
    return requests.patiently(() -> {
      try (WebTransport.Response answer = requests.once(uri, Map.of())) {
        if (answer.status() != 200) {
          throw requests.refusal(answer, repository);
        }
        return new Page(
            answer.body().readNBytes(HubListing.MAX_BYTES + 1),
            answer.header("Link").flatMap(link -> next(answer.uri(), link)));
      }
    });
  }

  private Optional<URI> next(URI from, String link) {
    Matcher matcher = NEXT_PAGE.matcher(link);
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      URI next = from.resolve(matcher.group(1));
      if (requests.own(next)) {
        return Optional.of(next);
      }
    } catch (IllegalArgumentException e) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "next page: expected an address, got '%s'".formatted(link),
          e);
    }
    throw new RegistryException(
        RegistryException.Kind.INVALID,
        "next page: expected an address of %s, got '%s'".formatted(endpoint, link));
  }

  /// A small file.
  byte[] bytes(HubRevision revision, HubFile file, int maxBytes) throws InterruptedException {
    if (file.size() > maxBytes) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: expected at most %d bytes of %s, got %d"
              .formatted(revision.repository(), maxBytes, file.path(), file.size()));
    }
    return requests.patiently(() -> {
      try (BlobStream content = open(revision, file, 0)) {
        byte[] bytes = content.bytes().readNBytes((int) file.size() + 1);
        if (bytes.length != file.size()) {
          throw new TransientException(
              "%s: expected %d bytes, got %d".formatted(file.path(), file.size(), bytes.length));
        }
        return bytes;
      }
    });
  }

  /// Begins to read a file, in one attempt; what comes is not checked.
  ///
  /// @param offset of the first byte wanted, less than the file's size
  /// @throws IOException if it failed in a way that may pass
  BlobStream open(HubRevision revision, HubFile file, long offset)
      throws IOException, InterruptedException {
    Map<String, String> headers = offset > 0 ? Map.of("Range", "bytes=" + offset + "-") : Map.of();
    WebTransport.Response answer = requests.once(address(revision, file), headers);
    try {
      return switch (answer.status()) {
        case 200 -> whole(answer, file);
        case 206 -> part(answer, file, offset);
        default -> throw requests.refusal(answer, revision.repository() + ", " + file.path());
      };
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private URI address(HubRevision revision, HubFile file) {
    String path =
        Arrays.stream(file.path().split("/", -1))
            .map(part -> URLEncoder.encode(part, UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return URI.create(
        "%s/%s/resolve/%s/%s".formatted(endpoint, revision.repository(), revision.commit(), path));
  }

  private static BlobStream whole(WebTransport.Response answer, HubFile file) throws IOException {
    String expected = Long.toString(file.size());
    String length = answer.header("Content-Length").orElse(expected);
    if (!length.equals(expected)) {
      throw new TransientException(
          "%s: expected %s bytes, got %s".formatted(file.path(), expected, length));
    }
    return new BlobStream(0, answer.body());
  }

  private static BlobStream part(WebTransport.Response answer, HubFile file, long offset)
      throws IOException {
    String range = answer.header("Content-Range").orElse("").strip();
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != offset
        || Long.parseLong(matcher.group(2)) != file.size()) {
      throw new TransientException(
          "%s: expected bytes from %d on of %d, got '%s'"
              .formatted(file.path(), offset, file.size(), range));
    }
    return new BlobStream(offset, answer.body());
  }

  /// Ends what is under way.
  @Override
  public void close() {
    transport.close();
  }
}
