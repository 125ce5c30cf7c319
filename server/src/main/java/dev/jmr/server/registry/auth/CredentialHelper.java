package dev.jmr.server.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Asks a program `docker-credential-<name>` for credentials, as Docker does: `get`, the server on
/// its input, JSON on its output.
final class CredentialHelper {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String NOT_FOUND = "credentials not found";
  private static final String IDENTITY = "<token>";
  private static final int MAX_BYTES = 1 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, String> environment;
  private final Duration timeout;

  CredentialHelper(Map<String, String> environment, Duration timeout) {
    this.environment = environment;
    this.timeout = timeout;
  }

  /// What the helper has for a server; empty if it has nothing.
  ///
  /// @throws IOException if the helper is missing, fails, takes too long or says what is not
  ///     understood
  Optional<Credentials> get(String name, String server) throws IOException, InterruptedException {
    String program = "docker-credential-" + name;
    if (!NAME.matcher(name).matches()) {
      throw new IOException("credential helper '%s': not a name of a program".formatted(name));
    }
    Process process = new ProcessBuilder(List.of(find(program).toString(), "get")).start();
    try {
      CompletableFuture<byte[]> output = read(process);
      tell(process, server);
      byte[] said = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      return answer(program, process.exitValue(), new String(said, UTF_8));
    } catch (TimeoutException e) {
      throw new IOException("%s: no answer within %s".formatted(program, timeout), e);
    } catch (ExecutionException e) {
      throw new IOException(program + ": its output cannot be read", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void tell(Process process, String server) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(server.getBytes(UTF_8));
    } catch (IOException e) {
      // A helper that does not listen has said what it has to say.
      return;
    }
  }

  private static CompletableFuture<byte[]> read(Process process) {
    CompletableFuture<byte[]> output = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("credential-helper")
        .start(() -> {
          try {
            output.complete(process.getInputStream().readNBytes(MAX_BYTES));
          } catch (IOException e) {
            output.completeExceptionally(e);
          }
        });
    return output;
  }

  private static Optional<Credentials> answer(String program, int status, String output)
      throws IOException {
    if (status != 0) {
      if (output.contains(NOT_FOUND)) {
        return Optional.empty();
      }
      throw new IOException(
          "%s: failed with status %d: %s".formatted(program, status, output.strip()));
    }
    try {
      JsonNode root = MAPPER.readTree(output);
      String username = root.path("Username").asText();
      String secret = root.path("Secret").asText();
      if (secret.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          username.equals(IDENTITY)
              ? new Credentials.IdentityToken(secret)
              : new Credentials.Password(username, secret));
    } catch (JacksonException e) {
      // The cause would quote the output, which may hold the secret.
      throw new IOException(program + ": expected JSON on its output");
    }
  }

  private Path find(String program) throws IOException {
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      for (String ending : List.of("", ".exe")) {
        try {
          Path file = Path.of(folder, program + ending);
          if (!folder.isEmpty() && Files.isExecutable(file) && Files.isRegularFile(file)) {
            return file;
          }
        } catch (InvalidPathException e) {
          break;
        }
      }
    }
    throw new IOException(program + ": not found on PATH");
  }
}
