package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import org.junit.jupiter.api.Test;

class NoAnnotationsTest {
  @Test
  void isWhatTornadoLooksForByItsProperty() {
    ClassModel model = ClassFile.of().parse(NoAnnotations.bytes());

    assertThat(model.interfaces())
        .extracting(each -> each.asInternalName())
        .containsExactly("uk/ac/manchester/tornado/runtime/ASMClassVisitorProvider");
  }
}
