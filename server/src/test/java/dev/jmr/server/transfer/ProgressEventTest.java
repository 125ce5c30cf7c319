package dev.jmr.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.server.artifact.Digest;
import org.junit.jupiter.api.Test;

class ProgressEventTest {
  private static final Digest ID = Digest.of(new byte[0]);

  @Test
  void writesALayersProgress() {
    ProgressEvent event =
        ProgressEvent.progress(
            ProgressEvent.Mode.PULL, 10, new ProgressEvent.Layer(ID, 9, 3 << 20));

    assertThat(event.json())
        .isEqualTo(
            """
            {"type":"progress","message":"Downloaded: 3.00 MB","total":10,\
            "layer":{"id":"%s","size":9,"current":3145728},"mode":"pull"}\
            """
                .formatted(ID));
  }

  @Test
  void writesAnErrorWithoutALayer() {
    assertThat(ProgressEvent.error(ProgressEvent.Mode.PUSH, "no <such> \"model\"\n").json())
        .isEqualTo(
            """
            {"type":"error","message":"Error: no <such> \\"model\\"\\n","total":0,\
            "layer":{"size":0,"current":0},"mode":"push"}\
            """);
  }
}
