package dev.jmr.server.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeychainTest {
  @TempDir Path folder;

  private Keychain keychain(String config, String... variables) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    Map<String, String> environment = new HashMap<>();
    environment.put("DOCKER_CONFIG", folder.toString());
    environment.put("PATH", folder + ":/usr/bin:/bin");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new Keychain(environment, Duration.ofSeconds(1));
  }

  private void helper(String name, String script) throws IOException {
    Path file = folder.resolve("docker-credential-" + name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the helpers of this test are shell scripts");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void sendsTheEnvironmentsCredentialsToDockerHubOnly() throws Exception {
    Keychain keychain = keychain("{}", "DOCKER_USERNAME", "ann", "DOCKER_PASSWORD", "pw");

    assertThat(keychain.find("docker.io").credentials())
        .isEqualTo(new Credentials.Password("ann", "pw"));
    assertThat(keychain.find("docker.io").source()).isEqualTo("DOCKER_USERNAME");
    assertThat(keychain.find("ghcr.io").credentials()).isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void sendsTheEnvironmentsCredentialsToTheRegistryThatItNames() throws Exception {
    Keychain keychain =
        keychain(
            "{}",
            "DOCKER_HUB_USER",
            "ann",
            "DOCKER_HUB_PASSWORD",
            "pw",
            "DOCKER_REGISTRY",
            "https://ghcr.io/");

    assertThat(keychain.find("ghcr.io").credentials())
        .isEqualTo(new Credentials.Password("ann", "pw"));
    assertThat(keychain.find("docker.io").credentials()).isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void readsAuthsUnderAnyOfTheirKeys() throws Exception {
    Keychain keychain =
        keychain(
            """
            {"auths":{
              "https://index.docker.io/v1/":{"auth":"%s"},
              "https://harbor.example:8443/v2/":{"username":"bob","password":"pw"},
              "acr.example":{"identitytoken":"refresh","auth":"%s"},
              "token.example":{"registrytoken":"access"}}}\
            """
                .formatted(base64("ann:with:colons"), base64("x:")));

    assertThat(keychain.find("docker.io").credentials())
        .isEqualTo(new Credentials.Password("ann", "with:colons"));
    assertThat(keychain.find("harbor.example:8443").credentials())
        .isEqualTo(new Credentials.Password("bob", "pw"));
    assertThat(keychain.find("acr.example").credentials())
        .isEqualTo(new Credentials.IdentityToken("refresh"));
    assertThat(keychain.find("token.example").credentials())
        .isEqualTo(new Credentials.AccessToken("access"));
    assertThat(keychain.find("harbor.example").credentials())
        .as("another port is another registry")
        .isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void readsTheConfigurationInAVariable() throws Exception {
    Keychain keychain =
        keychain(
            "{}",
            "DOCKER_AUTH_CONFIG",
            "{\"auths\":{\"gitlab.example\":{\"auth\":\"%s\"}}}".formatted(base64("ci:job")));

    assertThat(keychain.find("gitlab.example").credentials())
        .isEqualTo(new Credentials.Password("ci", "job"));
  }

  @Test
  void asksTheRegistrysHelperBeforeTheStore() throws Exception {
    helper("own", "read s; echo '{\"Username\":\"own\",\"Secret\":\"'$s'\"}'");
    helper("all", "read s; echo '{\"Username\":\"<token>\",\"Secret\":\"'$s'\"}'");
    Keychain keychain =
        keychain("{\"credsStore\":\"all\",\"credHelpers\":{\"ecr.example\":\"own\"}}");

    assertThat(keychain.find("ecr.example").credentials())
        .isEqualTo(new Credentials.Password("own", "ecr.example"));
    assertThat(keychain.find("docker.io").credentials())
        .isEqualTo(new Credentials.IdentityToken("https://index.docker.io/v1/"));
    assertThat(keychain.find("docker.io").source()).isEqualTo("docker-credential-all");
  }

  @Test
  void goesOnWhereAHelperHasNothing() throws Exception {
    helper("all", "echo 'credentials not found in native keychain'; exit 1");
    Keychain keychain =
        keychain(
            "{\"credsStore\":\"all\",\"auths\":{\"a.example\":{\"auth\":\"%s\"}}}"
                .formatted(base64("ann:pw")));

    Keychain.Found found = keychain.find("a.example");

    assertThat(found.credentials()).isEqualTo(new Credentials.Password("ann", "pw"));
    assertThat(found.notes()).isEmpty();
  }

  @Test
  void notesHelpersThatFail() throws Exception {
    helper("slow", "exec sleep 30");
    helper("broken", "echo no keychain; exit 2");
    helper("odd", "echo secret-but-no-json");

    assertThat(keychain("{\"credsStore\":\"slow\"}").find("a").notes())
        .containsExactly("docker-credential-slow: no answer within PT1S");
    assertThat(keychain("{\"credsStore\":\"broken\"}").find("a").notes())
        .containsExactly("docker-credential-broken: failed with status 2: no keychain");
    assertThat(keychain("{\"credsStore\":\"odd\"}").find("a").notes())
        .containsExactly("docker-credential-odd: expected JSON on its output");
    assertThat(keychain("{\"credsStore\":\"missing\"}").find("a").notes())
        .containsExactly("docker-credential-missing: not found on PATH");
    assertThat(keychain("{\"credsStore\":\"../x\"}").find("a").notes())
        .containsExactly("credential helper '../x': not a name of a program");
  }

  @Test
  void isAnonymousWhereTheConfigurationIsBroken() throws Exception {
    Keychain.Found found = keychain("{\"auths\":").find("docker.io");

    assertThat(found.credentials()).isEqualTo(new Credentials.Anonymous());
    assertThat(found.notes()).containsExactly(folder.resolve("config.json") + ": expected JSON");
  }

  @Test
  void showsNoSecretAsText() {
    assertThat(new Credentials.Password("ann", "hidden").toString()).doesNotContain("hidden");
    assertThat(new Credentials.IdentityToken("hidden").toString()).doesNotContain("hidden");
    assertThat(new Credentials.AccessToken("hidden").toString()).doesNotContain("hidden");
  }
}
