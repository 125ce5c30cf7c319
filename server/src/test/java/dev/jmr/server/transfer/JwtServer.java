package dev.jmr.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jmr.server.registry.TestRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// A token server that signs what it is asked for, for one user, as `docker-registry` wants it.
final class JwtServer implements AutoCloseable {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();
  private static final String SERVICE = "jmr-test";

  private final HttpServer server;
  private final Path bundle;
  private final PrivateKey key;
  private final Certificate certificate;

  JwtServer(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD);
    }
    key = (PrivateKey) keys.getKey("token", STORE_PASSWORD);
    certificate = keys.getCertificate("token");
    bundle = folder.resolve("bundle.pem");
    Files.writeString(
        bundle,
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded())));
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/token", this::token);
    server.start();
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "token",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=test",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                String.valueOf(STORE_PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  /// The section of the registry's configuration that sends clients here.
  String auth() {
    return """
    auth:
      token:
        realm: http://localhost:%d/token
        service: %s
        issuer: test
        rootcertbundle: %s
    """
        .formatted(server.getAddress().getPort(), SERVICE, bundle);
  }

  private void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
              .filter(TestRegistry.basic()::equals)
              .isPresent();
      if (!known) {
        TestRegistry.error(exchange, 401, "UNAUTHORIZED", "incorrect username or password");
        return;
      }
      String access =
          Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
              .filter(pair -> pair.startsWith("scope="))
              .map(pair -> URLDecoder.decode(pair.substring("scope=".length()), UTF_8))
              .map(JwtServer::access)
              .collect(Collectors.joining(","));
      String body = "{\"token\":\"%s\",\"expires_in\":60}".formatted(sign(access));
      TestRegistry.respond(exchange, 200, body.getBytes(UTF_8));
    }
  }

  private static String access(String scope) {
    String[] parts = scope.split(":", 3);
    return "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[\"%s\"]}"
        .formatted(parts[0], parts[1], parts[2].replace(",", "\",\""));
  }

  private String sign(String access) {
    try {
      long now = Instant.now().getEpochSecond();
      String header =
          "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"%s\"]}"
              .formatted(Base64.getEncoder().encodeToString(certificate.getEncoded()));
      String claims =
          """
          {"iss":"test","sub":"ann","aud":"%s","exp":%d,"nbf":%d,"iat":%d,"jti":"%s","access":[%s]}\
          """
              .formatted(SERVICE, now + 60, now - 60, now, UUID.randomUUID(), access);
      String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("cannot sign", e));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
