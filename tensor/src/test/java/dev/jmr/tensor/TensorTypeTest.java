package dev.jmr.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.jmr.tensor.quant.BlockFormat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TensorTypeTest {
  @Test
  void idsAreUnique() {
    assertThat(TensorType.values()).extracting(TensorType::id).doesNotHaveDuplicates();
  }

  @Test
  void isFoundByItsId() {
    for (TensorType type : TensorType.values()) {
      assertThat(TensorType.ofId(type.id())).contains(type);
    }
  }

  @Test
  void idsThatGgmlGaveUpAreUnknown() {
    assertThat(TensorType.ofId(4)).isEmpty();
    assertThat(TensorType.ofId(-1)).isEmpty();
    assertThat(TensorType.ofId(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void listsEveryBlockFormatUnderItsName() {
    var formats =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jmr.tensor.quant")
            .that(
                DescribedPredicate.describe(
                    "formats",
                    (JavaClass c) ->
                        c.isAssignableTo(BlockFormat.class)
                            && !c.getModifiers().contains(JavaModifier.ABSTRACT)));

    assertThat(formats)
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TensorType.values())
                .filter(TensorType::computable)
                .map(TensorType::name)
                .toList());
    assertThat(Arrays.stream(TensorType.values()).filter(TensorType::computable))
        .allSatisfy(
            type -> assertThat(type.format().getClass().getSimpleName()).isEqualTo(type.name()));
  }

  @Test
  void saysWhichTypeCannotBeComputedWith() {
    assertThat(TensorType.I32.computable()).isFalse();
    assertThatThrownBy(TensorType.I32::format)
        .isInstanceOf(UnsupportedTensorTypeException.class)
        .hasMessageContaining("tensor type I32");
  }

  @Test
  void byteSizeCountsBlocks() {
    assertThat(TensorType.Q4_0.byteSize(Shape.of(3, 64))).isEqualTo(3 * 2 * 18);
  }

  @Test
  void byteSizeRejectsPartOfABlock() {
    assertThatThrownBy(() -> TensorType.Q4_0.byteSize(Shape.of(3, 33)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("Q4_0[3, 33]: expected rows in multiples of 32 elements");
  }

  @Test
  void byteSizeRejectsOverflow() {
    assertThatThrownBy(() -> TensorType.F64.byteSize(Shape.of(Long.MAX_VALUE / 4)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("does not fit 63 bits");
  }
}
