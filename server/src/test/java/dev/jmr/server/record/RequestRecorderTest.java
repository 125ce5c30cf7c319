package dev.jmr.server.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestRecorderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RequestRecorder recorder = new RequestRecorder(InstantSource.fixed(Instant.EPOCH));

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private Recording begin(String id, String body) throws Exception {
    return recorder.begin(
        new Recording.Head(id, "POST", "/v1/chat/completions", Optional.empty(), Optional.empty()),
        json(body));
  }

  private void record(String id, String modelId) throws Exception {
    Recording recording = begin(id, "{}");
    recording.model(modelId, modelId);
    recording.end(200);
  }

  @Test
  void keepsTheLastTenRequestsOfEachModel() throws Exception {
    for (int i = 0; i < 12; i++) {
      record("a" + i, "a");
    }
    record("b0", "b");
    assertThat(recorder.records(Optional.of("a")).getFirst().records())
        .hasSize(10)
        .extracting(RequestRecord::id)
        .startsWith("a2")
        .endsWith("a11");
    assertThat(recorder.records(Optional.empty())).hasSize(2);
    assertThat(recorder.records(Optional.of("c"))).isEmpty();
  }

  @Test
  void forgetsTheModelThatWasAskedLongestAgo() throws Exception {
    for (int i = 0; i < 33; i++) {
      record("r", "model" + i);
      record("r", "model1");
    }
    assertThat(recorder.records(Optional.empty()))
        .hasSize(32)
        .extracting(ModelRecords::modelId)
        .doesNotContain("model0")
        .endsWith("model32", "model1");
  }

  @Test
  void keepsNothingOfRequestsAboutNoModel() throws Exception {
    begin("x", "{}").end(404);
    assertThat(recorder.records(Optional.empty())).isEmpty();
  }

  @Test
  void cutsImagesAndWhateverIsTooLong() throws Exception {
    String image = "A".repeat(5000);
    Recording recording =
        begin(
            "x",
            "{'messages':[{'url':'data:image/png;base64,%s'},{'input_audio':{'data':'%s'}}]}"
                .formatted(image, image));
    recording.model("m", "m");
    recording.answer(JSON.createObjectNode().put("content", "é".repeat(100_000)));
    recording.end(200);
    RequestRecord record = recorder.records(Optional.of("m")).getFirst().records().getFirst();
    assertThat(record.request())
        .contains("data:image/png;base64," + "A".repeat(100) + "...[truncated 4900 chars]")
        .contains("\"data\":\"" + "A".repeat(100) + "...[truncated 4900 chars]\"");
    assertThat(record.response().orElseThrow())
        .hasSize((1 << 16) + "...[truncated 34478 chars]".length())
        .endsWith("...[truncated 34478 chars]");
  }

  @Test
  void makesOneAnswerOfAStream() throws Exception {
    Recording recording = begin("x", "{}");
    recording.model("m", "m");
    for (String chunk :
        List.of(
            "{'id':'c1','object':'chat.completion.chunk','created':5,'model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
            "{'choices':[{'index':0,'delta':{'content':'Hel'}}]}",
            "{'choices':[{'index':0,'delta':{'content':'lo','reasoning_content':'hm'}}]}",
            "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'t','function':{'name':'f','arguments':''}}]}}]}",
            "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}}]}",
            "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
            "{'choices':[],'usage':{'total_tokens':7}}")) {
      recording.event(json(chunk));
    }
    recording.end(200);
    String text =
        recorder.records(Optional.of("m")).getFirst().records().getFirst().response().orElseThrow();
    JsonNode answer = JSON.readTree(text);
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("id").asText()).isEqualTo("c1");
    assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello");
    assertThat(answer.at("/choices/0/message/reasoning_content").asText()).isEqualTo("hm");
    assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments").asText())
        .isEqualTo("{}");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(7);
  }

  @Test
  void tellsListenersOfTheirModelAndDropsTheOldestForSlowOnes() throws Exception {
    try (RequestRecorder.Subscription news = recorder.subscribe(Optional.of("a"))) {
      record("b", "b");
      for (int i = 0; i < 150; i++) {
        record("a" + i, "a");
      }
      assertThat(news.next(0).orElseThrow().records().getFirst().id()).isEqualTo("a50");
    }
  }
}
