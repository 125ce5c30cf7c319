/// What a model may write: grammars, and the tokens that they allow at each step.
///
/// [dev.jmr.model.grammar.Grammar] is a compiled grammar, [dev.jmr.model.grammar.GrammarMatcher] a grammar over a
/// vocabulary, [dev.jmr.model.grammar.GrammarState] how far one text has come. Rules
/// ([dev.jmr.model.grammar.Expression]) become an automaton over bytes with a stack
/// ([dev.jmr.model.grammar.Automaton]); sets of stacks ([dev.jmr.model.grammar.StackSets]) are moved through it and through
/// the trie of the vocabulary. What cannot be compiled is a [dev.jmr.model.grammar.GrammarException], never less
/// constrained. Languages live in the packages below; this one points at `tokenizer` only.
package dev.jmr.model.grammar;
