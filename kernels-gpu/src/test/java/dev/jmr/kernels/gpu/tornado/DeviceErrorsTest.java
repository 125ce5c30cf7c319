package dev.jmr.kernels.gpu.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceErrorsTest {
  @Test
  void areOneLineWithoutColoursAndTraces() {
    assertThat(
            DeviceErrors.text(
                new IllegalStateException(
                    "\u001B[31mBailout is disabled. \nReason: task a - b\u001B[0m\nStacktrace: [x, y]")))
        .isEqualTo("Bailout is disabled. Reason: task a - b");
    assertThat(DeviceErrors.text(new IllegalStateException("x".repeat(400)))).hasSize(302);
    assertThat(DeviceErrors.text(new IllegalStateException())).isEqualTo("null");
  }
}
