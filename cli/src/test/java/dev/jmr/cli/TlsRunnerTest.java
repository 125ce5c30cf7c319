package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that speaks TLS, with a certificate that nobody knows.
final class TlsRunnerTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private void keytool(String... arguments) throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private Path store() {
    return folder.resolve("keys.p12");
  }

  private HttpsServer server() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
    keytool("-exportcert", "-rfc", "-alias", "a", "-file", folder.resolve("ca.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/models",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'[', ']'});
          exchange.close();
        });
    server.start();
    return server;
  }

  private Jmr.Result ls(int port, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("MODEL_RUNNER_HOST", "localhost:" + port);
    return Jmr.run("", environment, "ls", "-q");
  }

  @Test
  void isBelievedIfItsCertificateIsNamedOrNobodyCares() throws Exception {
    HttpsServer server = server();
    try {
      int port = server.getAddress().getPort();
      Jmr.Result done = new Jmr.Result(0, "", "");
      String ca = folder.resolve("ca.pem").toString();
      assertThat(ls(port, Map.of("MODEL_RUNNER_TLS", "1", "MODEL_RUNNER_TLS_CA_CERT", ca)))
          .isEqualTo(done);
      assertThat(ls(port, Map.of("MODEL_RUNNER_TLS", "1", "MODEL_RUNNER_TLS_SKIP_VERIFY", "1")))
          .isEqualTo(done);

      Jmr.Result unknown = ls(port, Map.of("MODEL_RUNNER_TLS", "1"));
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).contains("https://localhost:" + port).hasLineCount(1);
      Jmr.Result missing =
          ls(port, Map.of("MODEL_RUNNER_TLS", "1", "MODEL_RUNNER_TLS_CA_CERT", ca + "x"));
      assertThat(missing.err()).contains("ca.pemx: expected certificates in PEM form");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isBelievedByAContextThatSaysSo() throws Exception {
    HttpsServer server = server();
    try {
      Map<String, String> environment =
          Map.of("DOCKER_CONFIG", folder.resolve("docker").toString());
      String address = "https://localhost:" + server.getAddress().getPort();
      String create = "context create far --tls --host " + address;
      String[] line = (create + " --tls-ca-cert " + folder.resolve("ca.pem")).split(" ");
      assertThat(Jmr.run("", environment, line).code()).isZero();
      assertThat(Jmr.run("", environment, "context", "use", "far").code()).isZero();
      assertThat(Jmr.run("", environment, "ls", "-q")).isEqualTo(new Jmr.Result(0, "", ""));
    } finally {
      server.stop(0);
    }
  }
}
