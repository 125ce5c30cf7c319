/// OpenAI's API, one file per route: what requests mean, and what answers look like. Start reading at
/// [dev.jmr.server.openai.ChatCompletions].
package dev.jmr.server.openai;
