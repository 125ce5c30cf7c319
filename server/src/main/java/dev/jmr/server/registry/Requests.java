package dev.jmr.server.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Optional;

/// Sends requests to registries as they need it: authenticated, redirected by hand, and again when
/// a server is busy.
///
/// `Authorization` goes to the registry's own server only; where a redirect leads elsewhere,
/// nothing but the request's headers goes with it. Any thread may use it.
final class Requests {
  private static final int MAX_REDIRECTS = 10;
  private static final int MAX_CHALLENGES = 2;

  private final Transport transport;
  private final Authorizer authorizer;
  private final HostGuard guard;
  private final RetryPolicy retry;

  Requests(Transport transport, Authorizer authorizer, HostGuard guard, RetryPolicy retry) {
    this.transport = transport;
    this.authorizer = authorizer;
    this.guard = guard;
    this.retry = retry;
  }

  /// How often things are tried again.
  RetryPolicy retry() {
    return retry;
  }

  /// The answer to one attempt, whatever its status, unless that is one that may pass.
  ///
  /// @throws IOException if the attempt failed in a way that may pass
  /// @throws RegistryException if we must not go where the registry sends us
  Answer once(Endpoint endpoint, Call call) throws IOException, InterruptedException {
    Call current = call;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      Answer answer = authorized(endpoint, current);
      if (answer.redirects()) {
        answer.drop();
        current = redirect(endpoint, current, answer);
      } else if (answer.busy() || foreignRefusal(endpoint, answer)) {
        try (answer) {
          throw Refusal.busy(answer);
        }
      } else {
        return answer;
      }
    }
    throw new RegistryException(
        RegistryException.Kind.INVALID,
        "%s: expected at most %d redirects".formatted(endpoint.registry(), MAX_REDIRECTS));
  }

  /// The answer to the first attempt that is not a failure that may pass.
  ///
  /// @throws RegistryException if all attempts fail
  Answer send(Endpoint endpoint, Call call) throws InterruptedException {
    return patiently(endpoint, () -> once(endpoint, call));
  }

  /// The result of the first attempt that is not a failure that may pass.
  ///
  /// @throws RegistryException if all attempts fail
  <T> T patiently(Endpoint endpoint, RetryPolicy.Attempt<T> attempt) throws InterruptedException {
    try {
      return retry.run(attempt);
    } catch (IOException e) {
      throw unreachable(endpoint, e);
    }
  }

  /// What a failure that did not pass is to the caller.
  static RegistryException unreachable(Endpoint endpoint, IOException failure) {
    return new RegistryException(
        RegistryException.Kind.UNREACHABLE,
        "%s: cannot be reached: %s; check the name and the network, then try again"
            .formatted(endpoint.base().getAuthority(), failure.getMessage()),
        failure);
  }

  /// What an answer that is an error is to the caller.
  RegistryException refusal(Endpoint endpoint, Answer answer, String what)
      throws InterruptedException {
    return Refusal.of(answer, endpoint, what, authorizer.credentials(endpoint));
  }

  private Answer authorized(Endpoint endpoint, Call call) throws IOException, InterruptedException {
    boolean own = endpoint.sameServer(call.uri());
    for (int challenges = 0; ; challenges++) {
      Optional<String> header = own ? authorizer.header(endpoint, call.access()) : Optional.empty();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(call.uri()).method(call.method(), call.body().get());
      call.headers().forEach(request::header);
      header.ifPresent(value -> request.header("Authorization", value));
      Answer answer = transport.send(request, call.activity());
      boolean asked = own && answer.status() == 401 && challenges < MAX_CHALLENGES;
      if (!asked
          || !authorizer.challenged(
              endpoint, call.access(), answer.headerValues("WWW-Authenticate"), header)) {
        return answer;
      }
      answer.drop();
    }
  }

  private Call redirect(Endpoint endpoint, Call call, Answer answer) throws IOException {
    URI target = follow(endpoint, call.uri(), answer, "redirect");
    boolean keeps = answer.status() == 307 || answer.status() == 308;
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    if (!keeps && !reads) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: expected no redirect of %s, got %d"
              .formatted(endpoint.registry(), call.method(), answer.status()));
    }
    return call.at(target);
  }

  /// The address that an answer names in `Location`, seen from the one that was asked, if we may go
  /// there.
  ///
  /// @param what names it in messages
  URI follow(Endpoint endpoint, URI from, Answer answer, String what) throws IOException {
    String location = answer.header("Location").orElse("");
    URI target;
    try {
      target = from.resolve(new URI(location.isEmpty() ? "no location" : location));
    } catch (URISyntaxException e) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s of %s: expected an address, got '%s'".formatted(what, endpoint.registry(), location),
          e);
    }
    if (!endpoint.sameServer(target)) {
      guard.check(endpoint, target, what);
    }
    return target;
  }

  /// A signed address that a redirect led to may have ended; the registry gives a new one.
  private static boolean foreignRefusal(Endpoint endpoint, Answer answer) {
    return answer.status() >= 400 && answer.status() != 416 && !endpoint.sameServer(answer.uri());
  }
}
