package dev.jmr.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
  @Test
  void listsEveryArchitectureThatThereIs() {
    var classes =
        new ClassFileImporter()
            .importPackagesOf(Architecture.class).stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(Architecture.class))
                .map(JavaClass::getName)
                .toList();
    assertThat(classes).isNotEmpty();
    assertThat(Architectures.all())
        .extracting(architecture -> architecture.getClass().getName())
        .containsAll(classes);
  }

  @Test
  void findsEachByItsName() {
    for (Architecture architecture : Architectures.all()) {
      assertThat(Architectures.named(architecture.name())).isSameAs(architecture);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lama", "Llama", "llama2"})
  void namesTheNearest(String name) {
    assertThatThrownBy(() -> Architectures.named(name))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith("architecture '%s' is not supported; supported: llama,", name)
        .hasMessageEndingWith("; nearest: llama");
  }
}
