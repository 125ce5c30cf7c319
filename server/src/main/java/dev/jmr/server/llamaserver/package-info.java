/// The engine `llama-server`: llama.cpp's server as an external process, if its user has one. Points at `runtime`, at the
/// data of prompts and sampling, at `gguf` for the header of a model, and at `server.json`; knows nothing of who asks. Start
/// reading at [dev.jmr.server.llamaserver.LlamaServerProvider].
package dev.jmr.server.llamaserver;
