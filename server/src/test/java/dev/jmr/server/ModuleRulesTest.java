package dev.jmr.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ModuleRulesTest {
  private static final Path OUTPUT = Path.of("target", "classes");

  @Test
  void servicesOfTheModuleAndOfTheClassPathAgree() throws IOException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(OUTPUT.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    assertThat(module.provides()).isNotEmpty();
    for (ModuleDescriptor.Provides provides : module.provides()) {
      assertThat(Files.readAllLines(OUTPUT.resolve("META-INF/services/" + provides.service())))
          .containsExactlyElementsOf(provides.providers());
    }
  }
}
