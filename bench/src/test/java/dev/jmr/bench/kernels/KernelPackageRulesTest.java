package dev.jmr.bench.kernels;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class KernelPackageRulesTest {
  @Test
  void kernelBenchmarksKnowNothingOfTheOthers() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.jmr.bench.kernels")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.jmr.bench", "dev.jmr.gguf..", "dev.jmr.model..", "dev.jmr.runtime..")
        .check(new ClassFileImporter().importPath(Path.of("target", "classes")));
  }
}
