// OpenAI's client for Node.js against a server: node openai.mjs BASE_URL MODEL EMBEDDING_MODEL
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const [baseURL, model, embeddingModel] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0, timeout: 30_000 });
const question = { model, temperature: 0, max_tokens: 10, messages: [{ role: "user", content: "hi" }] };
const schema = {
  type: "object",
  properties: { hot: { type: "boolean" } },
  required: ["hot"],
  additionalProperties: false,
};
const tools = [{ type: "function", function: { name: "weather", parameters: schema } }];

test("lists models, and tells of one", async () => {
  const ids = [];
  for await (const one of client.models.list()) {
    ids.push(one.id);
  }
  assert.ok(ids.includes(model));
  assert.equal((await client.models.retrieve(model)).id, model);
});

test("streams what it would answer at once", async () => {
  const whole = await client.chat.completions.create(question);
  const stream = client.chat.completions.stream({ ...question, stream_options: { include_usage: true } });
  let text = "";
  stream.on("content", (delta) => (text += delta));
  const streamed = await stream.finalChatCompletion();
  assert.equal(text, whole.choices[0].message.content);
  assert.equal(streamed.choices[0].finish_reason, whole.choices[0].finish_reason);
  assert.equal(streamed.usage.completion_tokens, 10);
  assert.ok(whole._request_id);
});

test("accumulates a call of a tool, and goes on with its result", async () => {
  const stream = client.chat.completions.stream({
    ...question,
    max_tokens: 200,
    tools,
    tool_choice: "required",
    parallel_tool_calls: false,
  });
  const { message, finish_reason } = (await stream.finalChatCompletion()).choices[0];
  assert.equal(finish_reason, "tool_calls");
  assert.equal(message.tool_calls.length, 1);
  const call = message.tool_calls[0];
  assert.equal(call.function.name, "weather");
  assert.equal(typeof JSON.parse(call.function.arguments).hot, "boolean");
  const end = await client.chat.completions.create({
    ...question,
    tools,
    tool_choice: "none",
    messages: [...question.messages, message, { role: "tool", tool_call_id: call.id, content: "rain" }],
  });
  assert.equal(typeof end.choices[0].message.content, "string");
});

test("runs a tool", async () => {
  let asked;
  const runner = client.chat.completions.runTools({
    ...question,
    max_tokens: 200,
    tool_choice: { type: "function", function: { name: "weather" } },
    tools: [
      {
        type: "function",
        function: {
          name: "weather",
          description: "tells the weather",
          parse: JSON.parse,
          parameters: schema,
          function: (input) => {
            asked = input;
            return "rain";
          },
        },
      },
    ],
  });
  await runner.done();
  assert.equal(typeof asked.hot, "boolean");
});

test("keeps to a schema", async () => {
  const answer = await client.chat.completions.parse({
    ...question,
    max_tokens: 200,
    response_format: { type: "json_schema", json_schema: { name: "weather", strict: true, schema } },
  });
  assert.equal(typeof JSON.parse(answer.choices[0].message.content).hot, "boolean");
});

test("decodes embeddings, which it asks for as base64", async () => {
  const input = ["a", "b"];
  const encoded = await client.embeddings.create({ model: embeddingModel, input });
  const numbers = await client.embeddings.create({ model: embeddingModel, input, encoding_format: "float" });
  assert.equal(encoded.data.length, 2);
  assert.equal(encoded.data[1].embedding.length, numbers.data[1].embedding.length);
  encoded.data[1].embedding.forEach((x, i) => assert.ok(Math.abs(x - numbers.data[1].embedding[i]) < 1e-4));
});

test("leaves in the middle of an answer", async () => {
  const stream = await client.chat.completions.create({
    ...question,
    stream: true,
    max_tokens: null,
    ignore_eos: true,
  });
  let chunks = 0;
  for await (const _ of stream) {
    if (++chunks === 3) {
      stream.controller.abort();
    }
  }
  assert.equal(chunks, 3);
});

test("understands errors", async () => {
  await assert.rejects(client.chat.completions.create({ ...question, model: "ai/none" }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, "model_not_found");
    return error.requestID !== null;
  });
  await assert.rejects(client.chat.completions.create({ ...question, top_p: 7 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    return error.param === "top_p";
  });
});
