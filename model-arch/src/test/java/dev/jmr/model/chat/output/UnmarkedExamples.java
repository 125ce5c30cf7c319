package dev.jmr.model.chat.output;

import static dev.jmr.model.chat.output.Examples.ID1;
import static dev.jmr.model.chat.output.Examples.ID2;
import static dev.jmr.model.chat.output.Examples.behind;
import static dev.jmr.model.chat.output.Examples.example;

import dev.jmr.model.chat.output.Examples.Example;
import java.util.List;

/// Examples of dialects in which a call may be the whole answer, without a marker before it, and of harmony.
final class UnmarkedExamples {
  private UnmarkedExamples() {}

  static List<Example> all() {
    return List.of(
        example(
            "llama3",
            "<|python_tag|>",
            "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Рим\"}}; {\"name\": \"get_time\", \"parameters\": {}}",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "llama3",
            "<|python_tag|>",
            "{\"name\": \"Ольга\", \"parameters\": {\"city\": \"Рим\"}}",
            "text {\"name\": \"Ольга\", \"parameters\": {\"city\": \"Рим\"}}"),
        example("llama3", "<|python_tag|>", "{\"город\": \"Рим\"}", "text {\"город\": \"Рим\"}"),
        example(
            "llama3",
            "<|python_tag|>",
            "<|python_tag|>brave_search.call(query=\"Рим\")",
            "call 0 " + ID1 + " brave_search",
            "args {\"query\": \"Рим\"}",
            "end 0"),
        example(
            "llama3",
            "<|python_tag|>",
            "<|python_tag|>{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Рим\"}}",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        example(
            "llama3", "<|python_tag|>", "<|python_tag|>эй()", "bad -1", "text <|python_tag|>эй()"),
        example(
            "llama3",
            "<|python_tag|>",
            "[get_weather(city=\"Рим\"), get_time()]",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example("generic", "", "[Рим](там) и {да}", "text [Рим](там) и {да}"),
        example(
            "generic",
            "",
            "<think>Думаю</think>\n[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}]",
            "think Думаю",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        behind(
            "<|end|><|start|>assistant",
            "harmony",
            "<|start|> <|channel|> <|message|>",
            "<|channel|>analysis<|message|>Думаю<|end|><|start|>assistant<|channel|>commentary<|message|>Да<|end|>"
                + "<|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
                + "{\"city\": \"Рим\"}<|call|>",
            "think Думаю",
            "text Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        behind(
            "<|end|><|start|>assistant",
            "harmony",
            "<|start|> <|channel|> <|message|>",
            " to=functions.get_weather<|channel|>commentary json<|message|>{\"city\": \"Рим\"}<|call|><|start|>assistant"
                + "<|channel|>final<|message|>Да < тут<|return|>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "text Да < тут"),
        behind(
            "<|start|>assistant<|channel|>final<|message|>",
            "harmony",
            "<|start|> <|channel|> <|message|>",
            "Да",
            "text Да"),
        behind(
            "<|start|>assistant",
            "harmony",
            "<|start|> <|channel|> <|message|>",
            "Просто так",
            "text Просто так"),
        behind(
            "<|start|>assistant",
            "harmony",
            "<|start|> <|channel|> <|message|>",
            "<|channel|>commentary to=functions.get_time<|message|>чушь<|call|>",
            "bad -1",
            "text <|channel|>commentary to=functions.get_time<|message|>чушь"));
  }
}
