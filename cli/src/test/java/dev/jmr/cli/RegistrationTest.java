package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

final class RegistrationTest {
  @Test
  void mainListsEveryCommand() {
    Set<String> commands = commands();
    assertThat(commands).isNotEmpty();
    assertThat(Jmr.run("--help").out()).contains(commands);
  }

  /// The names of all commands that are not hidden.
  static Set<String> commands() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.jmr.cli")
            .stream()
            .filter(type -> type.isTopLevelClass() && type.isAnnotatedWith(Command.class))
            .filter(type -> !type.isEquivalentTo(Main.class))
            .map(JavaClass::reflect)
            .map(type -> type.getAnnotation(Command.class))
            .filter(command -> !command.hidden())
            .map(Command::name)
            .collect(Collectors.toSet());
  }

  @Test
  void noEngineAndNoBackendIsNamedHere() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.jmr.runtime.local..", "dev.jmr.kernels..", "dev.jmr.tensor.reference..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.jmr.cli"));
  }
}
