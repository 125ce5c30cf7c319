/// What a model itself says about tokens and texts, before anything is drawn: logits of a whole sequence
/// ([dev.jmr.model.evaluation.ForwardPass]) and the perplexity of a text ([dev.jmr.model.evaluation.Perplexity], start
/// reading there).
///
/// Points at `dev.jmr.model`, `tokenizer` and the backend SPI of `dev.jmr.tensor`; knows no engine.
package dev.jmr.model.evaluation;
