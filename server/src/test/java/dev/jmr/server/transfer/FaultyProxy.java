package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between a client and a registry and does to their connections what networks do. One request for each connection.
final class FaultyProxy implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
  private static final int BUFFER = 16 << 10;

  /// What it does to a request.
  enum Fault {
    /// Closes the connection without an answer.
    REFUSE,
    /// Resets the connection in the middle of the request.
    CUT_REQUEST,
    /// Resets the connection in the middle of the answer.
    CUT,
    /// Ends the answer early, as if it were whole.
    TRUNCATE,
    /// Stops in the middle of the answer and keeps the connection.
    STALL,
    /// Changes one byte of the answer's body.
    CORRUPT,
    /// Sends the client to another name of this machine.
    REDIRECT,
    /// Answers 429.
    BUSY,
    /// Answers 503.
    UNAVAILABLE
  }

  private final ServerSocket server;
  private final int upstreamPort;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random;
  private final Map<Fault, Integer> injected = new ConcurrentHashMap<>();
  private final double rate;

  FaultyProxy(int upstreamPort, long seed, double rate) {
    this.upstreamPort = upstreamPort;
    this.random = new Random(seed);
    this.rate = rate;
    try {
      server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executor.execute(this::accept);
  }

  String registry() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /// How often each fault was injected.
  Map<Fault, Integer> injected() {
    return injected;
  }

  int total() {
    return injected.values().stream().mapToInt(count -> count).sum();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        executor.execute(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      byte[] body = in.readNBytes(length(head));
      if (random.nextDouble() >= rate) {
        forward(head, body, socket, Double.NaN, Fault.REFUSE);
        return;
      }
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      boolean reads = head.startsWith("GET ");
      boolean again = head.toLowerCase(Locale.ROOT).contains("\r\nhost: localhost");
      if (fault == Fault.REDIRECT && (!reads || again)) {
        fault = Fault.CUT;
      }
      injected.merge(fault, 1, Integer::sum);
      inject(fault, head, body, socket);
    } catch (IOException e) {
      // Whoever is at the other end has gone, as its test expects.
      return;
    }
  }

  private void inject(Fault fault, String head, byte[] body, Socket socket) throws IOException {
    switch (fault) {
      case REFUSE -> socket.setSoLinger(true, 0);
      case CUT_REQUEST -> cutRequest(head, body, socket);
      case BUSY -> answer(socket, "429 Too Many Requests", "Retry-After: 0\r\n");
      case UNAVAILABLE -> answer(socket, "503 Service Unavailable", "");
      case REDIRECT ->
          answer(
              socket,
              "307 Temporary Redirect",
              "Location: http://localhost:%d%s\r\n"
                  .formatted(server.getLocalPort(), head.split(" ", 3)[1]));
      case CUT, TRUNCATE, STALL, CORRUPT -> forward(head, body, socket, random.nextDouble(), fault);
    }
  }

  private void cutRequest(String head, byte[] body, Socket socket) throws IOException {
    try (Socket upstream = new Socket(InetAddress.ofLiteral("127.0.0.1"), upstreamPort)) {
      OutputStream out = upstream.getOutputStream();
      out.write(head.getBytes(ISO_8859_1));
      out.write(body, 0, random.nextInt(body.length + 1));
    }
    socket.setSoLinger(true, 0);
  }

  private static void answer(Socket socket, String status, String headers) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HTTP/1.1 %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(status, headers)
                .getBytes(ISO_8859_1));
  }

  /// Passes the request on, and the answer back up to a share of its body; NaN for all of it.
  private void forward(String head, byte[] body, Socket socket, double share, Fault fault)
      throws IOException {
    try (Socket upstream = new Socket(InetAddress.ofLiteral("127.0.0.1"), upstreamPort)) {
      OutputStream out = upstream.getOutputStream();
      out.write(head.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(ISO_8859_1));
      out.write(body);
      InputStream in = upstream.getInputStream();
      String answer = head(in);
      int length = head.startsWith("HEAD ") ? 0 : length(answer);
      OutputStream back = socket.getOutputStream();
      back.write(answer.getBytes(ISO_8859_1));
      int mark = Double.isNaN(share) ? length : (int) (share * length);
      copy(in, back, mark);
      if (Double.isNaN(share)) {
        return;
      }
      switch (fault) {
        case CUT -> socket.setSoLinger(true, 0);
        case STALL -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        case CORRUPT -> {
          if (mark < length) {
            back.write(in.read() ^ 0x40);
            copy(in, back, length - mark - 1);
          }
        }
        default -> back.flush();
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, int count) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int left = count;
    while (left > 0) {
      int read = in.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static int length(String head) {
    Matcher matcher = LENGTH.matcher(head);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    executor.shutdownNow();
  }
}
