/// From a row of logits to the next token. Points at `model.text` only; start reading at
/// [dev.jmr.model.sample.SamplerChain], then [dev.jmr.model.sample.SamplerStep], the list of samplers.
///
/// A sampler is one file: it narrows or reshapes the [dev.jmr.model.sample.Candidates] of one token. To add one, write
/// the file with a static `of` and put it into that list. Definitions and defaults are llama.cpp's, so that settings
/// found for one runner mean the same in the other.
package dev.jmr.model.sample;
