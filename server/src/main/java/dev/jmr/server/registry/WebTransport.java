package dev.jmr.server.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/// Reads from servers that are no registries as registries are read: the same proxies, patience and
/// guard against redirects.
///
/// Any thread may use it; an interrupted one gives up its request.
public final class WebTransport implements AutoCloseable {
  /// The answer to one request. Whoever gets it closes it.
  public static final class Response implements AutoCloseable {
    private final Answer answer;

    private Response(Answer answer) {
      this.answer = answer;
    }

    /// The address that was asked.
    public URI uri() {
      return answer.uri();
    }

    /// The status of HTTP.
    public int status() {
      return answer.status();
    }

    /// The value of a header; of several, the first.
    public Optional<String> header(String name) {
      return answer.header(name);
    }

    /// The body, which fails when the connection is cut or nothing comes for too long.
    public InputStream body() {
      return answer.body();
    }

    /// Whether this leads to another address, in the header `Location`.
    public boolean redirects() {
      return answer.redirects();
    }

    /// Whether the server may do better another time.
    public boolean busy() {
      return answer.busy();
    }

    /// A busy server's failure, with the wait that it asks for.
    public TransientException failure() {
      return Refusal.busy(answer);
    }

    /// Host, status and the server's own words.
    public String description() {
      return Refusal.status(answer);
    }

    @Override
    public void close() throws IOException {
      answer.close();
    }
  }

  private final Transport transport;
  private final HostGuard guard;

  public WebTransport(RegistryOptions options) {
    Proxies proxies = new Proxies(options);
    this.transport = new Transport(options, proxies);
    this.guard = new HostGuard(proxies);
  }

  /// The answer to one attempt; redirects are not followed.
  ///
  /// @throws IOException if the connection fails or nothing comes for too long
  public Response get(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    return new Response(transport.send(request, new Activity()));
  }

  /// Checks that a server may send us to an address: no way from https to http, none from a public
  /// server into a private network.
  ///
  /// @param base of the server that was asked first
  /// @throws RegistryException if we must not go there
  /// @throws UnknownHostException if it has no address
  public void check(URI base, URI target) throws UnknownHostException {
    Repository files = new Repository(base.getAuthority(), "files");
    guard.check(new Endpoint(base.getHost(), base, files), target, "redirect");
  }

  /// Ends what is under way.
  @Override
  public void close() {
    transport.close();
  }
}
