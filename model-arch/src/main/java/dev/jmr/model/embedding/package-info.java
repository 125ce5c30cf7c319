/// What a model knows of a whole text: which rows of its hidden states count ([dev.jmr.model.embedding.Pooling]), the
/// length of the resulting vector, and the scores of rerankers. Points at `model`, `model.arch`, `model.tokenizer` and
/// the graphs of `dev.jmr.tensor`; runs nothing itself. Start reading at [dev.jmr.model.embedding.PooledText].
package dev.jmr.model.embedding;
