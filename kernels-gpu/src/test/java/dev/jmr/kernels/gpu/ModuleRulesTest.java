package dev.jmr.kernels.gpu;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.jmr.tensor.backend.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final Path OUTPUT = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(OUTPUT);

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.jmr.kernels.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theServiceIsDeclaredForTheClassPathToo() throws IOException {
    Path services = OUTPUT.resolve("META-INF/services").resolve(BackendProvider.class.getName());
    assertThat(Files.readString(services).strip())
        .isEqualTo(TornadoBackendProvider.class.getName());
  }

  @Test
  void whatFindsAnSdkKnowsNothingOfWhatRunsOnIt() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.jmr.kernels.gpu.sdk")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.jmr.kernels.gpu", "dev.jmr.kernels.gpu.tornado..")
        .check(CLASSES);
  }
}
