// OpenAI's client for Node.js and a model that means what it says: node talking.mjs BASE_URL MODEL
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0, timeout: 30_000 });
const ask = (content) => ({ model, temperature: 0, messages: [{ role: "user", content }] });

test("streams an answer that ends by itself", async () => {
  const stream = client.chat.completions.stream(ask("What is the capital of Japan?"));
  let text = "";
  stream.on("content", (delta) => (text += delta));
  const { message, finish_reason } = (await stream.finalChatCompletion()).choices[0];
  assert.equal(message.content, "The capital of Japan is Tokyo.");
  assert.equal(text, message.content);
  assert.equal(finish_reason, "stop");
});

test("runs a tool and says what came of it", async () => {
  const asked = [];
  const runner = client.chat.completions.runTools({
    ...ask("What time is it in Rome?"),
    tools: [
      {
        type: "function",
        function: {
          name: "get_time",
          description: "Current time in a city",
          parse: JSON.parse,
          parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
          function: ({ city }) => {
            asked.push(city);
            return JSON.stringify({ time: "09:15" });
          },
        },
      },
    ],
  });
  assert.equal(await runner.finalContent(), "It is 09:15 in Rome.");
  assert.deepEqual(asked, ["Rome"]);
});
