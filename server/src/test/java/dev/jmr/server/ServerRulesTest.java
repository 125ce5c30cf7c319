package dev.jmr.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What points at what in the server.
class ServerRulesTest {
  private static final String ROOT = "dev.jmr.server.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  /// `Routes` and `JmrServer` put the APIs together; nothing else of `http` knows one.
  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching(ROOT + "(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAPackage(ROOT + "http").and(nameMatching(".*\\.(Routes|JmrServer).*")),
            DescribedPredicate.alwaysTrue())
        .check(CLASSES);
  }

  /// What moves, keeps and names models, from the bottom up.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "artifact    | json",
        "reference   | artifact",
        "store       | artifact, reference",
        "registry    | artifact, reference",
        "transfer    | artifact, reference, registry, store",
        "packaging   | artifact, json, reference, store",
        "huggingface | artifact, json, packaging, reference, registry, store, transfer",
        "library     | artifact, json, packaging, reference, registry, store, transfer",
        "search      | huggingface, json, registry"
      })
  void modelsPointDown(String room, String below) {
    String[] others =
        (below + ", " + room).replaceAll("\\w+", "dev.jmr.server.$0..").split(", ", -1);
    classes()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(resideInAPackage("dev.jmr.server.."))
                .or(resideInAnyPackage(others)))
        .check(CLASSES);
  }

  @Test
  void theServerNeverSeesAKernelOrAGraph() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.jmr.kernels..", "dev.jmr.tensor.graph..", "dev.jmr.tensor.backend..")
        .check(CLASSES);
  }
}
