/// What templates find ready made: filters, tests, methods of strings, lists and dictionaries, global functions. Each
/// is a [dev.jmr.model.template.library.Builtin] in the list of its family; start at
/// [dev.jmr.model.template.library.Filters]. Points at `value`, `limit` and `error`.
package dev.jmr.model.template.library;
