/// What a tensor is: its type, shape and data. Points at nothing but `quant`; start reading at [dev.jmr.tensor.Tensor].
///
/// Axis letters used in every shape comment of the project, outermost axis first (the reverse of GGUF's `ne`):
/// `T` tokens in the batch, `E` embedding length, `H` heads, `K` key-value heads, `D` head size, `F` feed-forward
/// length, `V` vocabulary, `C` context, `L` layers, `X` experts, `O`/`I` out/in features.
package dev.jmr.tensor;
