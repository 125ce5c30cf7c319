/// What a model writes, told apart: text, thoughts and tool calls, as they come.
///
/// Points at [dev.jmr.model.json] alone. Start reading at [dev.jmr.model.chat.output.OutputFormat], which chooses a dialect by the
/// chat template, and [dev.jmr.model.chat.output.OutputParser]; the dialects are listed in `OutputDialects`, each a file that says
/// which markers open its calls, what reads them from there (a `Mode`), and how a grammar has the model write one (`CallForm`).
package dev.jmr.model.chat.output;
