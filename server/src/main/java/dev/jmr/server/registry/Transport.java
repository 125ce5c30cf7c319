package dev.jmr.server.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends one request and gets its answer, for as long as bytes move: no redirects, no
/// authentication, no second attempt.
///
/// HTTP/1.1 only, since a connection for each layer is faster than streams that share one
/// connection's window. Any thread may use it; an interrupted one gives up its request.
final class Transport implements AutoCloseable {
  private static final String USER_AGENT = "jmr (model-distribution)";

  private final HttpClient client;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timer;
  private final Proxies proxies;
  private final Duration stallTimeout;

  Transport(RegistryOptions options, Proxies proxies) {
    this.proxies = proxies;
    this.stallTimeout = options.stallTimeout();
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.connectTimeout())
            .proxy(proxies)
            .executor(executor)
            .build();
    this.timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("stalls").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// The answer to a request.
  ///
  /// @param activity of the request's body
  /// @throws IOException if the connection fails, or nothing moves for the stall timeout
  /// @throws RegistryException if the proxy on the way asks for a password that we do not have
  Answer send(HttpRequest.Builder builder, Activity activity)
      throws IOException, InterruptedException {
    builder.header("User-Agent", USER_AGENT);
    proxies
        .authorization(builder.build().uri())
        .ifPresent(value -> builder.header("Proxy-Authorization", value));
    HttpRequest request = builder.build();
    activity.moved();
    CompletableFuture<HttpResponse<InputStream>> future =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    HttpResponse<InputStream> response;
    try {
      response = await(future, activity);
    } finally {
      // Without effect once it is complete.
      future.cancel(true);
    }
    if (response.statusCode() == 407) {
      refused(response.body());
      throw proxies.refusal(request.uri());
    }
    return new Answer(
        request.uri(),
        response.statusCode(),
        response.headers(),
        new StallGuard(response.body(), stallTimeout, timer));
  }

  /// The answer to a tunnel that was refused has no body.
  private static void refused(@Nullable InputStream body) throws IOException {
    if (body != null) {
      body.close();
    }
  }

  private <T> T await(CompletableFuture<T> future, Activity activity)
      throws IOException, InterruptedException {
    while (true) {
      try {
        Duration left = stallTimeout.minus(activity.idle());
        return future.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (activity.idle().compareTo(stallTimeout) >= 0) {
          throw new TransientException("no answer for " + stallTimeout);
        }
      } catch (ExecutionException e) {
        // A new exception: the cause was thrown on another thread.
        throw new IOException(reason(e.getCause()), e.getCause());
      }
    }
  }

  private static String reason(@Nullable Throwable cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (c instanceof ConnectException && c.getMessage() == null) {
        return "connection refused";
      }
      if (c.getMessage() != null) {
        return c.getMessage();
      }
    }
    return cause == null ? "failed" : cause.getClass().getSimpleName();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
    executor.shutdownNow();
  }
}
