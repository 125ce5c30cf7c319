package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SdkClassLoaderTest {
  private static final ClassLoader OURS = SdkClassLoaderTest.class.getClassLoader();
  private static final String PACKAGE = "dev.jmr.kernels.gpu.sdk";

  @Test
  void definesOurClassesThatUseTheSdkOnceMore() throws IOException, ClassNotFoundException {
    try (SdkClassLoader loader = new SdkClassLoader(List.of(), OURS, OURS, List.of(PACKAGE))) {
      Class<?> again = loader.loadClass(Driver.class.getName());

      assertThat(again.getClassLoader()).isSameAs(loader);
      assertThat(again).isNotSameAs(Driver.class).hasToString(Driver.class.toString());
      assertThat(loader.loadClass(Driver.class.getName())).isSameAs(again);
    }
  }

  @Test
  void sharesAllOtherClassesWithUs() throws IOException, ClassNotFoundException {
    try (SdkClassLoader loader = new SdkClassLoader(List.of(), OURS, OURS, List.of("other"))) {
      assertThat(loader.loadClass(Driver.class.getName())).isSameAs(Driver.class);
      assertThatThrownBy(() -> loader.loadClass("other.Missing"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessage("other.Missing");
    }
  }
}
