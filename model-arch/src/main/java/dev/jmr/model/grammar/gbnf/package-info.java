/// The language of llama.cpp's grammars: [dev.jmr.model.grammar.gbnf.Gbnf] is the door. Points at `grammar`.
package dev.jmr.model.grammar.gbnf;
