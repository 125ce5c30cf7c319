package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.util.List;
import java.util.Optional;

/// Qwen3 with switchable thinking: ChatML whose assistant thinks between `<think>` and `</think>`.
///
/// Thoughts stay only in turns behind the user's last question; earlier ones lose them. The model decides to think: the
/// switch (`enable_thinking`) is left alone, which the template takes for on.
record Qwen3() implements ChatFormat {
  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "ns.multi_step_tool and message.role=='user'",
                "reasoning_content=message.content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n')",
                "{%if loop.index0 > ns.last_query_index%}{%if loop.last or (not loop.last and reasoning_content)%}",
                "+'\n<think>\n'+reasoning_content.strip('\n')+'\n</think>\n\n'+content.lstrip('\n')",
                "{{'<|im_start|>assistant\n'}}{%if enable_thinking is defined and enable_thinking is false%}");
    return claimed ? Optional.of(new Qwen3()) : Optional.empty();
  }

  @Override
  public String name() {
    return "qwen3";
  }

  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    Conversations.first(messages);
    int lastQuery = lastQuery(messages);
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      prompt.append("<|im_start|>").append(message.role().text()).append('\n');
      if (message.role() == Role.ASSISTANT) {
        appendAnswer(prompt, message.content(), i > lastQuery, i == messages.size() - 1);
      } else {
        prompt.append(message.content());
      }
      prompt.append("<|im_end|>\n");
    }
    return addGenerationPrompt
        ? prompt.append("<|im_start|>assistant\n").toString()
        : prompt.toString();
  }

  private static void appendAnswer(
      StringBuilder prompt, String content, boolean current, boolean last) {
    String answer = content;
    String thoughts = "";
    if (content.contains("</think>")) {
      answer = PythonStrings.stripLeadingLines(PythonStrings.afterLast(content, "</think>"));
      String before =
          PythonStrings.stripTrailingLines(PythonStrings.beforeFirst(content, "</think>"));
      thoughts = PythonStrings.stripLeadingLines(PythonStrings.afterLast(before, "<think>"));
    }
    if (current && (last || !thoughts.isEmpty())) {
      prompt.append("<think>\n").append(PythonStrings.stripTrailingLines(thoughts));
      prompt.append("\n</think>\n\n").append(PythonStrings.stripLeadingLines(answer));
    } else {
      prompt.append(answer);
    }
  }

  /// Where the user last asked something; a user's message that only carries a tool's answer does not count.
  private static int lastQuery(List<ChatMessage> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      String content = messages.get(i).content();
      boolean toolAnswer =
          content.startsWith("<tool_response>") && content.endsWith("</tool_response>");
      if (messages.get(i).role() == Role.USER && !toolAnswer) {
        return i;
      }
    }
    return messages.size() - 1;
  }
}
