package dev.jmr.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuntimeRulesTest {
  private static final Path OUTPUT = Path.of("target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath(OUTPUT);

  @Test
  void nothingDependsOnOurEngine() {
    classes()
        .that()
        .resideInAPackage("dev.jmr.runtime.local")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage("dev.jmr.runtime.local")
        .check(CLASSES);
  }

  @Test
  void modelsDoNotKnowWhoRunsThem() {
    noClasses()
        .that()
        .resideInAPackage("dev.jmr.model..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.jmr.runtime..")
        .check(CLASSES);
  }

  @Test
  void theSpiKnowsOnlyTheDataOfPromptsAndSampling() {
    noClasses()
        .that()
        .resideInAPackage("dev.jmr.runtime")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.jmr.model", "dev.jmr.model.arch", "dev.jmr.tensor.backend..")
        .check(CLASSES);
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
