/// Text to token ids and back, as the vocabulary in a GGUF file says.
///
/// [dev.jmr.model.tokenizer.Tokenizers] is the door: it knows every family (`tokenizer.ggml.model`). A family is one
/// class on top of [dev.jmr.model.tokenizer.VocabularyTokenizer], which cuts the special tokens out of the text;
/// merging families share [dev.jmr.model.tokenizer.SymbolChain], those that choose among whole tokens
/// [dev.jmr.model.tokenizer.TokenTrie]. How byte-level BPE cuts text into words stands in the
/// table [dev.jmr.model.tokenizer.PreTokenizer]. Points at `gguf` only.
package dev.jmr.model.tokenizer;
