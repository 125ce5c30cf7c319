package dev.jmr.server.openai;

import dev.jmr.runtime.AnswerRules;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.StopConditions;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.ErrorWriter;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Failures;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.SseWriter;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import dev.jmr.server.manager.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// `POST /completions`: a text is continued as it is, without a chat template.
public final class Completions implements Exchange.Route {
  /// OpenAI's.
  private static final int DEFAULT_MAX_TOKENS = 16;

  private static final int MAX_LOGPROBS = 5;

  @Override
  public void handle(Exchange exchange) throws InterruptedException {
    if (exchange.preloaded(Mode.COMPLETION)) {
      return;
    }
    Fields fields = exchange.fields();
    refuseUnsupported(fields);
    try (Lease lease = exchange.lease(Mode.COMPLETION)) {
      TextRequest text = TextRequest.of(fields);
      List<TokenInputs.Input> prompts = TokenInputs.read(fields, "prompt");
      if (prompts.size() * text.count() > TextRequest.MAX_COUNT) {
        throw ApiException.invalid(
            "prompt",
            "prompt: expected at most %d answers of all prompts together, got %d"
                .formatted(TextRequest.MAX_COUNT, prompts.size() * text.count()));
      }
      List<GenerationRequest> requests = requests(fields, prompts, lease.settings());
      TextChoices choices = new TextChoices(exchange, text, prompts);
      try (Answers answers = new Answers(text.submit(lease, requests), ThoughtForm.APART)) {
        if (text.stream()) {
          stream(exchange, choices, answers);
        } else {
          whole(exchange, choices, answers);
        }
      }
    }
  }

  private static void refuseUnsupported(Fields fields) {
    fields
        .string("suffix")
        .filter(suffix -> !suffix.isEmpty())
        .ifPresent(_ -> {
          throw ApiException.unsupported(
              "suffix", "suffix: expected none, as texts are only continued, got one");
        });
    int count = fields.integer("n", 1, TextRequest.MAX_COUNT).orElse(1);
    int best = fields.integer("best_of", 1, TextRequest.MAX_COUNT).orElse(count);
    if (best != count) {
      throw ApiException.unsupported(
          "best_of", "best_of: expected %d, as 'n' is, got %d".formatted(count, best));
    }
  }

  private static List<GenerationRequest> requests(
      Fields fields, List<TokenInputs.Input> prompts, ModelSettings settings) {
    int asked = ChatCall.maxTokens(fields);
    boolean limited = asked > 0 || fields.has("max_tokens") || fields.has("n_predict");
    int maxTokens = limited ? asked : DEFAULT_MAX_TOKENS;
    var sampling = SamplingFields.read(fields, settings.sampling());
    StopConditions stop = StopFields.read(fields);
    OptionalInt logprobs = fields.integer("logprobs", 0, MAX_LOGPROBS);
    List<GenerationRequest> requests = new ArrayList<>();
    for (TokenInputs.Input input : prompts) {
      Prompt prompt =
          switch (input) {
            case TokenInputs.Input.Text(String text) -> new Prompt.Text(text, true);
            case TokenInputs.Input.Tokens(int[] ids) -> new Prompt.Tokens(ids);
          };
      requests.add(
          new GenerationRequest(prompt, sampling, maxTokens, stop, logprobs)
              .withRules(AnswerRules.of(RuleFields.format(fields))));
    }
    return requests;
  }

  private static void whole(Exchange exchange, TextChoices choices, Answers answers)
      throws InterruptedException {
    while (!answers.finished()) {
      choices.add(answers.next());
    }
    exchange.send(choices.json());
  }

  private static void stream(Exchange exchange, TextChoices choices, Answers answers)
      throws InterruptedException {
    List<Answers.Event> early = ChatCompletions.firstEvents(answers);
    try (SseWriter events = exchange.events()) {
      choices.echoes().forEach(events::send);
      early.forEach(event -> choices.chunk(event).ifPresent(events::send));
      try {
        while (!answers.finished()) {
          Optional<Answers.Event> event = answers.next(ChatCompletions.PATIENCE);
          if (event.isEmpty()) {
            events.ping();
          } else {
            choices.chunk(event.get()).ifPresent(events::send);
          }
        }
        choices.usageChunk().ifPresent(events::send);
        events.done();
      } catch (EngineException e) {
        events.send(ErrorWriter.json(Failures.translate(e)));
      }
    }
  }
}
