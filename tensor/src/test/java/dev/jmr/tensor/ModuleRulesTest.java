package dev.jmr.tensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModuleRulesTest {
  private static final Path OUTPUT = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(OUTPUT);

  @Test
  void graphDoesNotKnowWhatExecutesIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.jmr.tensor.graph")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.jmr.tensor.backend", "dev.jmr.tensor.reference")
        .check(CLASSES);
  }

  @Test
  void nothingDependsOnTheReferenceBackend() {
    classes()
        .that()
        .resideInAPackage("dev.jmr.tensor.reference")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage("dev.jmr.tensor.reference")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.jmr.tensor.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

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
