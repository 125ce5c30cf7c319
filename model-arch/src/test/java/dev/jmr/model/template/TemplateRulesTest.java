package dev.jmr.model.template;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemplateRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.jmr.model.template.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void templatesNeedNothingButJava() {
    classes()
        .that()
        .resideInAPackage("dev.jmr.model.template..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.jmr.model.template..", "java..", "org.jspecify..")
        .check(CLASSES);
  }
}
