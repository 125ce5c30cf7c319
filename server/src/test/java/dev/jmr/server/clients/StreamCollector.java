package dev.jmr.server.clients;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/// What LangChain4j makes of a stream. Filled by one thread; [#response()] waits for the end.
final class StreamCollector implements StreamingChatResponseHandler {
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

  @Override
  public void onPartialResponse(String partialResponse) {
    text.append(partialResponse);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    end.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  /// The whole answer.
  ChatResponse response() {
    return end.join();
  }

  /// All parts of the text, after the end.
  String text() {
    return text.toString();
  }
}
