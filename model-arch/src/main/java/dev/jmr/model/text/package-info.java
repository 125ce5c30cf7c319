/// Finding strings in text that comes in pieces. Points at nothing else of the project; not exported. Start reading at
/// [dev.jmr.model.text.StringMatcher].
package dev.jmr.model.text;
