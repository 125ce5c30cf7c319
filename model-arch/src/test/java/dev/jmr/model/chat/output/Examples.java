package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Written outputs of every dialect and what is in them. What is said is Cyrillic or a name, so that tests can tell it from
/// markers.
final class Examples {
  /// @param template what in a template chooses the dialect
  /// @param prompt how the prompt ends
  record Example(
      String dialect, String template, String prompt, String output, List<String> lines) {
    OutputFormat format() {
      return OutputFormat.of(template, Set.of());
    }

    @Override
    public String toString() {
      return dialect + ": " + output.replace("\n", "⏎");
    }
  }

  static final String ID1 = "call_000000000000000000000001";
  static final String ID2 = "call_000000000000000000000002";

  private Examples() {}

  static Example example(String dialect, String template, String output, String... lines) {
    return new Example(dialect, template, "", output, List.of(lines));
  }

  static Example behind(
      String prompt, String dialect, String template, String output, String... lines) {
    return new Example(dialect, template, prompt, output, List.of(lines));
  }

  static List<Example> all() {
    return Stream.concat(marked().stream(), UnmarkedExamples.all().stream()).toList();
  }

  private static List<Example> marked() {
    return List.of(
        example("hermes", "<tool_call>", "Привет <b> < tool", "text Привет <b> < tool"),
        example("hermes", "<tool_call>", "\n\nПривет\n", "text \n\nПривет\n"),
        example("hermes", "<tool_call>", " \n ", "text  \n "),
        example(
            "hermes",
            "<tool_call>",
            "Смотрю.\n<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Париж\"}}"
                + "\n</tool_call>\n<tool_call>\n{\"arguments\": {\"city\":\"Рим\",\"days\": 2}, \"name\":"
                + " \"get_weather\"}\n</tool_call>\nГотово",
            "text Смотрю.\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Париж\"}",
            "end 0",
            "call 1 " + ID2 + " get_weather",
            "args {\"city\":\"Рим\",\"days\": 2}",
            "end 1",
            "text Готово"),
        example(
            "hermes",
            "<tool_call>",
            "<tool_call>{\"id\":\"mine\",\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"arguments\":\"{\\\"city\\\":"
                + " \\\"Ж\\\\\\\"ук\\\"}\"}}</tool_call>",
            "call 0 mine get_time",
            "args {\"city\": \"Ж\\\"ук\"}",
            "end 0"),
        example(
            "hermes",
            "<tool_call>",
            "<tool_call>{\"name\":\"get_time\"}</tool_call><tool_call>{\"name\":\"get_time\",\"arguments\":null}",
            "call 0 " + ID1 + " get_time",
            "args {}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "hermes",
            "<tool_call>",
            "<tool_call>чушь</tool_call> да",
            "bad -1",
            "text <tool_call>чушь</tool_call> да"),
        example(
            "hermes",
            "<tool_call>",
            "<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Пар\", оой}}</tool_call>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Пар\", ",
            "bad 0",
            "text оой}}</tool_call>"),
        example(
            "hermes",
            "<tool_call> <think>",
            "<think>\nДумаю <tool_call> вот\n\n</think>\n\nОтвет",
            "think Думаю <tool_call> вот",
            "text Ответ"),
        behind(
            "<|im_start|>assistant\n<think>\n",
            "hermes",
            "<tool_call> <think>",
            "Думаю\n</think>\n\n<tool_call>{\"name\":\"get_time\",\"arguments\":{}}</tool_call>",
            "think Думаю",
            "call 0 " + ID1 + " get_time",
            "args {}",
            "end 0"),
        behind("<think>\n", "hermes", "<tool_call> <think>", "Думаю\nи ", "think Думаю\nи"),
        behind("<think>\n\n</think>\n\n", "hermes", "<tool_call> <think>", "Ответ", "text Ответ"),
        example("hermes", "<tool_call>", "Скажу <think> так", "text Скажу <think> так"),
        example(
            "qwen-coder",
            "<tool_call> <function= <parameter=",
            "Да\n<tool_call>\n<function=get_weather>\n<parameter=city>\nПа\"<b>\nриж\n</parameter>\n<parameter=days>\n2"
                + "\n</parameter>\n<parameter=now>\nTrue\n</parameter>\n<parameter=tags>\n[\"ы\", 1]\n</parameter>"
                + "\n<parameter=note>\nnull\n</parameter>\n<parameter=ratio>\nмного\n</parameter>\n</function>\n</tool_call>"
                + "\n<tool_call>\n<function=get_time>\n</function>\n</tool_call>",
            "text Да\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Па\\\"<b>\\nриж\", \"days\": 2, \"now\": true, \"tags\": [\"ы\", 1],"
                + " \"note\": null, \"ratio\": \"много\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "qwen-coder",
            "<tool_call> <function= <parameter=",
            "<function=get_weather>\n<parameter=city>\nРим\n</parameter>\n</function>\n</tool_call>да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "text да"),
        example(
            "qwen-coder",
            "<tool_call> <function= <parameter=",
            "<tool_call>{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Рим\"}}</tool_call>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\":\"Рим\"}",
            "end 0"),
        example(
            "seed-oss",
            "<seed:tool_call> <seed:think>",
            "<seed:think>Думаю</seed:think>\n<seed:tool_call>\n<function=get_weather>\n<parameter=city>Рим</parameter>"
                + "\n<parameter=unit>\nц</parameter>\n</function>\n</seed:tool_call>",
            "think Думаю",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\", \"unit\": \"\\nц\"}",
            "end 0"),
        example(
            "minimax-m2",
            "<minimax:tool_call>",
            "<minimax:tool_call>\n<invoke name=\"get_weather\">\n<parameter name=\"city\">Рим</parameter>"
                + "\n<parameter name=\"where\">{\"а\": 1}</parameter>\n</invoke>\n<invoke name=\"get_time\">\n</invoke>"
                + "\n</minimax:tool_call>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\", \"where\": {\"а\": 1}}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "deepseek-v3.2",
            "｜DSML｜ function_calls>",
            "Да\n\n<｜DSML｜function_calls>\n<｜DSML｜invoke name=\"get_weather\">"
                + "\n<｜DSML｜parameter name=\"city\" string=\"true\">12</｜DSML｜parameter>"
                + "\n<｜DSML｜parameter name=\"unit\" string=\"false\">[\"ы\"]</｜DSML｜parameter>\n</｜DSML｜invoke>"
                + "\n</｜DSML｜function_calls>",
            "text Да\n\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"12\", \"unit\": [\"ы\"]}",
            "end 0"),
        behind(
            "<｜Assistant｜><think>",
            "deepseek-v4",
            "｜DSML｜ tool_calls> <think>",
            "Думаю</think>\n\n<｜DSML｜tool_calls>\n<｜DSML｜invoke name=\"get_time\">\n</｜DSML｜invoke>"
                + "\n<｜DSML｜invoke name=\"get_time\">\n</｜DSML｜invoke>\n</｜DSML｜tool_calls>",
            "think Думаю",
            "call 0 " + ID1 + " get_time",
            "args {}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "glm",
            "<tool_call> <arg_key>",
            "Да\n<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Рим</arg_value>\n<arg_key>days</arg_key>"
                + "\n<arg_value>3</arg_value>\n</tool_call>\n<tool_call>get_time</tool_call>",
            "text Да\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\", \"days\": 3}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "deepseek-r1",
            "tool▁call▁begin ```json",
            "<think>\nХм\n</think>\nДа<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather"
                + "\n```json\n{\"city\": \"Рим\"}\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>get_time"
                + "\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
            "think Хм",
            "text Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "deepseek-v3.1",
            "tool▁call▁begin",
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{\"city\": \"Рим\"}<｜tool▁call▁end｜>"
                + "<｜tool▁call▁begin｜>get_time<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        behind(
            "<think>",
            "kimi-k2",
            "<|tool_call_begin|> <|tool_calls_section_begin|>",
            "Думаю<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>"
                + "{\"city\": \"Рим\"}<|tool_call_end|><|tool_call_begin|>functions.get_time:1"
                + "<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>",
            "think Думаю",
            "call 0 functions.get_weather:0 get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 functions.get_time:1 get_time",
            "args {}",
            "end 1"),
        example(
            "mistral",
            "[TOOL_CALLS]",
            "Да[TOOL_CALLS][{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}, \"id\": \"abcdefghi\"},"
                + " {\"name\": \"get_time\", \"arguments\": {}}]",
            "text Да",
            "call 0 000000001 get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 000000002 get_time",
            "args {}",
            "end 1"),
        example(
            "mistral-named",
            "[TOOL_CALLS] [ARGS] [THINK]",
            "[THINK]Думаю[/THINK]Да[TOOL_CALLS]get_weather[ARGS]{\"city\": \"Рим\"}[TOOL_CALLS]get_time[ARGS]{}",
            "think Думаю",
            "text Да",
            "call 0 000000001 get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 000000002 get_time",
            "args {}",
            "end 1"),
        example(
            "mistral-call-id",
            "[TOOL_CALLS] [CALL_ID] [ARGS]",
            "[TOOL_CALLS]get_weather[CALL_ID]abcdefghi[ARGS]{\"city\": \"Рим\"}",
            "call 0 abcdefghi get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        example(
            "functionary-v3.1",
            "<function= </function>",
            "<function=get_weather>{\"city\": \"Рим\"}</function><function=get_time>{}</function><|python_tag|>эй(\"\")\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1",
            "call 2 call_000000000000000000000003 python",
            "args {\"code\": \"эй(\\\"\\\")\\n\"}",
            "end 2"),
        behind(
            "\n\n>>>",
            "functionary-v3.2",
            ">>>all",
            "all\nДа >>> x\n>>>get_weather\n{\"city\": \"Рим\"}>>>get_time\n{}",
            "text Да >>> x\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "firefunction-v2",
            "functools[",
            "Да functools и functools[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}, {\"name\":"
                + " \"get_time\", \"arguments\": {}}]",
            "text Да functools и ",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "gemma4",
            "<|tool_call> <|channel>thought",
            "<|channel>thought\nДумаю\n<channel|>Да<|tool_call>call:get_weather{city:<|\"|>Ри\"м<|\"|>,days:2,tags:[<|\"|>ы<|\"|>,1],"
                + "where:{а:true}}<tool_call|><|tool_call>call:get_time{}<tool_call|>",
            "think Думаю",
            "text Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Ри\\\"м\", \"days\": 2, \"tags\": [\"ы\", 1], \"where\": {\"а\": true}}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "command-r",
            "Action: tool_name",
            "План\nAction:\n```json\n[\n    {\n        \"tool_name\": \"get_weather\",\n        \"parameters\": {"
                + "\n            \"city\": \"Рим\"\n        }\n    }\n]```\n",
            "text План\n",
            "call 0 " + ID1 + " get_weather",
            "args {\n            \"city\": \"Рим\"\n        }",
            "end 0"),
        example(
            "command-r",
            "Action: tool_name",
            "Action:\n```json\n[{\"tool_name\": \"directly-answer\", \"parameters\": {}}]```\nДа",
            "text Да"),
        example(
            "command-r7b",
            "<|START_ACTION|> <|START_THINKING|>",
            "<|START_THINKING|>Думаю<|END_THINKING|><|START_ACTION|>[\n    {\"tool_call_id\": \"0\", \"tool_name\":"
                + " \"get_weather\", \"parameters\": {\"city\": \"Рим\"}},\n    {\"tool_call_id\": \"1\", \"tool_name\":"
                + " \"get_time\", \"parameters\": {}}\n]<|END_ACTION|>",
            "think Думаю",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "command-r7b", "<|START_ACTION|>", "<|START_RESPONSE|>Да<|END_RESPONSE|>", "text Да"),
        example(
            "lfm2",
            "<|tool_list_start|>",
            "<|tool_call_start|>[get_weather(city=\"Ри\\\"м\", days=-2, now=True, note=None, tags=['ы', (1, 2.5)],"
                + " where={'а': 'б'}), get_time()]<|tool_call_end|>Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Ри\\\"м\", \"days\": -2, \"now\": true, \"note\": null, \"tags\": [\"ы\", [1, 2.5]],"
                + " \"where\": {\"а\": \"б\"}}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1",
            "text Да"),
        example(
            "lfm2",
            "<|tool_list_start|>",
            "<|tool_call_start|>[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}]<|tool_call_end|>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        example(
            "granite",
            "<|tool_call|>",
            "<think>Думаю</think><response>Да</response><|tool_call|>[{\"name\": \"get_weather\", \"arguments\": {\"city\":"
                + " \"Рим\"}}, {\"name\": \"get_time\", \"arguments\": {}}]",
            "think Думаю",
            "text Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "gigachat",
            "<|function_call|>",
            "Да<|function_call|>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}<|message_sep|>",
            "text Да",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        example(
            "nemotron",
            "<TOOLCALL>",
            "<think></think><TOOLCALL>[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}]</TOOLCALL>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0"),
        behind(
            "Here are my reasoning steps:\n",
            "apriel",
            "<tool_calls> Here are my reasoning steps:",
            "Думаю\n[BEGIN FINAL RESPONSE]\nДа\n<tool_calls>[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"},"
                + " \"id\": \"x\"}, {\"name\": \"get_time\", \"arguments\": {}}]</tool_calls>",
            "think Думаю",
            "text Да\n",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "apriel",
            "<tool_calls>",
            "<tool_calls>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Рим\"}}\n{\"name\": \"get_time\","
                + " \"arguments\": {}}\n</tool_calls>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"),
        example(
            "apertus",
            "<|tools_prefix|>",
            "<|tools_prefix|>[{\"get_weather\": {\"city\": \"Рим\"}}, {\"get_time\": {}}]<|tools_suffix|>",
            "call 0 " + ID1 + " get_weather",
            "args {\"city\": \"Рим\"}",
            "end 0",
            "call 1 " + ID2 + " get_time",
            "args {}",
            "end 1"));
  }
}
