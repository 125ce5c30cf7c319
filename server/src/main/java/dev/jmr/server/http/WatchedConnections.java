package dev.jmr.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// Connections of a protocol that read through a [ClientConnection] each, in whose scope they handle their requests.
///
/// @param protocol which makes them
record WatchedConnections(ServerConnectionSelector protocol) implements ServerConnectionSelector {
  @Override
  public int bytesToIdentifyConnection() {
    return protocol.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return protocol.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return protocol.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ClientConnection client = new ClientConnection(context.dataReader());
    DataReader reader = DataReader.create(client::next);
    return new Watched(protocol.connection(new Context(context, reader)), client);
  }

  /// A connection in the scope of its client.
  private record Watched(ServerConnection connection, ClientConnection client)
      implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      client.serve(() -> connection.handle(limit));
    }

    @Override
    public boolean canInterrupt() {
      return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }

  /// What a connection has to do with, but for its reader.
  private record Context(ConnectionContext whole, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return whole.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return whole.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return whole.dataWriter();
    }

    @Override
    public Router router() {
      return whole.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return whole.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return whole.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return whole.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return whole.localPeer();
    }

    @Override
    public boolean isSecure() {
      return whole.isSecure();
    }

    @Override
    public String socketId() {
      return whole.socketId();
    }

    @Override
    public String childSocketId() {
      return whole.childSocketId();
    }
  }
}
