package dev.jmr.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What comes from a client over one connection, and whether it is still there while its request is being answered.
///
/// A request's thread does not read from the socket, so it would not notice that the client left. While it waits another
/// thread does: what it reads is kept for the connection, which takes it when it is through with the request. Such a thread
/// may outlive the request; it ends with the next bytes, or with the connection.
public final class ClientConnection {
  private static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();
  private static final byte[] NOTHING = {};

  private final DataReader socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Whether a thread beside the connection's own reads.
  private boolean reading;

  private byte[] bytes = NOTHING;
  private @Nullable RuntimeException end;
  private @Nullable Thread waiting;
  private volatile boolean over;

  /// Whether a request could not be read; of the connection's own thread, as is [#begun].
  private boolean broken;

  private boolean begun;
  private boolean interrupted;

  /// @param socket which this reads from now on
  ClientConnection(DataReader socket) {
    this.socket = socket;
  }

  /// Something that is done for a client.
  @FunctionalInterface
  public interface Action {
    /// Does it.
    void run() throws InterruptedException;
  }

  /// Handles this connection's requests.
  void serve(Action action) throws InterruptedException {
    ScopedValue.where(CURRENT, this)
        .<Void, InterruptedException>call(() -> {
          action.run();
          return null;
        });
  }

  /// Does something for the client whose request this thread handles, and interrupts it when the client leaves.
  ///
  /// @throws CloseConnectionException if it left
  public static void whileThere(Action action) throws InterruptedException {
    if (!CURRENT.isBound()) {
      action.run();
      return;
    }
    ClientConnection connection = CURRENT.get();
    connection.watch();
    try {
      action.run();
    } catch (InterruptedException e) {
      if (connection.gone()) {
        throw new CloseConnectionException("client: left before its answer", e);
      }
      throw e;
    } finally {
      connection.unwatch();
    }
  }

  /// A filter that ends the connection after a request whose client wants that: Helidon would wait until the client does.
  ///
  /// It also ends it after a request that could not be read: what follows may be anything.
  static void endIfWanted(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (CURRENT.isBound() && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      ClientConnection connection = CURRENT.get();
      response.whenSent(() -> connection.over = true);
    }
    chain.proceed();
    if (CURRENT.isBound() && CURRENT.get().broken) {
      throw new CloseConnectionException("connection: a request could not be read");
    }
  }

  /// The request that this thread handles cannot be read to its end.
  static void broken() {
    if (CURRENT.isBound()) {
      CURRENT.get().broken = true;
    }
  }

  private void watch() {
    lock.lock();
    try {
      waiting = Thread.currentThread();
      interrupted = false;
      if (!reading && bytes.length == 0 && end == null) {
        reading = true;
        Thread.ofVirtual().name("jmr-client").start(this::read);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Afterwards the thread is as if nothing had happened.
  private void unwatch() {
    lock.lock();
    try {
      waiting = null;
      if (interrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean gone() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    while (true) {
      byte[] read = NOTHING;
      RuntimeException failure = null;
      try {
        read = readNow();
      } catch (RuntimeException e) {
        failure = e;
      }
      if (keep(read, failure)) {
        return;
      }
    }
  }

  /// Whether there is nothing more to wait for: a client may be silent as long as it waits for its answer.
  private boolean keep(byte[] read, @Nullable RuntimeException failure) {
    lock.lock();
    try {
      Thread handler = waiting;
      if (failure != null && handler != null && isTimeout(failure)) {
        return false;
      }
      reading = false;
      bytes = read;
      end = failure;
      if (failure != null && handler != null) {
        interrupted = true;
        handler.interrupt();
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private byte[] readNow() {
    socket.ensureAvailable();
    return socket.readBytes(socket.available());
  }

  /// The next bytes, for the thread of the connection.
  ///
  /// @throws CloseConnectionException if there are to be none
  /// @throws RuntimeException as the socket does at its end
  byte[] next() {
    if (over) {
      throw new CloseConnectionException("connection: the client wants no other request answered");
    }
    lock.lock();
    try {
      while (reading) {
        changed.await();
      }
      if (end != null) {
        throw end;
      }
      if (bytes.length > 0) {
        byte[] next = bytes;
        bytes = NOTHING;
        return next;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new ClosedByInterruptException());
    } finally {
      lock.unlock();
    }
    if (begun) {
      return readNow();
    }
    begun = true;
    return OldRequest.begin(this::readNow);
  }
}
