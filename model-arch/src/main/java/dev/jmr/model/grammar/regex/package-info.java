/// Regular expressions as grammars: [dev.jmr.model.grammar.regex.Regex] is the door. Points at `grammar`.
package dev.jmr.model.grammar.regex;
