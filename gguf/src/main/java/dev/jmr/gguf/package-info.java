/// GGUF model files: a metadata dictionary and a table of tensors in front of the mapped tensor data.
///
/// Files come from strangers: whatever a file says is checked before it is used, within the caps of
/// `GgufLimits`, and what does not hold is a [dev.jmr.gguf.GgufFormatException]. Points at `dev.jmr.tensor` only.
/// Start reading at [dev.jmr.gguf.Gguf], then `GgufReader`; [dev.jmr.gguf.GgufWriter] is the way back.
///
/// Source: the GGUF specification (`docs/gguf.md` of ggml), version 3.
package dev.jmr.gguf;
