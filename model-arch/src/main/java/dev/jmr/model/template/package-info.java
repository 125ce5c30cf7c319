/// Chat templates: our own Jinja2. Start at [dev.jmr.model.template.Template].
///
/// A template goes through `syntax` (tokens, tree), `render` (nodes with resolved slots) and `library` (filters, tests,
/// methods, functions); `value` holds Python's values, `limit` what a template may use, `error` what may go wrong. It
/// points at nothing else of the project.
package dev.jmr.model.template;
