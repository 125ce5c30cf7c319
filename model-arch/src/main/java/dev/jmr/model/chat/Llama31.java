package dev.jmr.model.chat;

import dev.jmr.model.chat.ChatMessage.Role;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Llama 3.1, 3.2 and 3.3: Llama 3's turns behind a system turn that always names two dates.
///
/// @param today whether the second date is today's, as in 3.2, or the one that the template holds
record Llama31(boolean today) implements ChatFormat {
  private static final Turns TURNS = Llama3.turns("llama3.1");
  private static final String DATE_OF_TEMPLATE = "26 Jul 2024";

  static Optional<ChatFormat> of(TemplateText template) {
    boolean claimed =
        template.outside().isEmpty()
            && template.has(
                "{%set system_message=messages[0].content|trim%}",
                "{{'<|start_header_id|>system<|end_header_id|>\n\n'}}",
                "{{'Cutting Knowledge Date: December 2023\n'}}{{'Today Date: '+date_string+'\n\n'}}",
                "{%set date_string='" + DATE_OF_TEMPLATE + "'%}",
                "{{system_message}}{{'<|eot_id|>'}}",
                "{{'<|start_header_id|>'+message.role+'<|end_header_id|>\n\n'+message.content|trim+'<|eot_id|>'}}",
                "{%if add_generation_prompt%}{{'<|start_header_id|>assistant<|end_header_id|>\n\n'}}{%endif%}")
            && !template.hasAny("think", "reasoning");
    boolean today = template.has("{%set date_string=strftime_now('%d %b %Y')%}");
    return claimed && today == template.has("strftime_now")
        ? Optional.of(new Llama31(today))
        : Optional.empty();
  }

  @Override
  public String name() {
    return TURNS.name();
  }

  @Override
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    String date =
        today
            ? LocalDate.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH))
            : DATE_OF_TEMPLATE;
    String system = PythonStrings.strip(Conversations.system(messages));
    StringBuilder prompt = new StringBuilder();
    prompt.append(
        TURNS.turn(
            Role.SYSTEM,
            "Cutting Knowledge Date: December 2023\nToday Date: " + date + "\n\n" + system));
    TURNS.append(prompt, Conversations.withoutSystem(messages), addGenerationPrompt);
    return prompt.toString();
  }
}
