/// The compiled form of a template, and how it runs: [dev.jmr.model.template.render.StatementCompiler] and
/// [dev.jmr.model.template.render.ExpressionCompiler] turn the tree of `syntax` into small nodes whose names are
/// resolved to slots of a [dev.jmr.model.template.render.Frame]. Points at `syntax`, `library`, `value` and `limit`.
///
/// A scope is a run of slots: one for the template, for each round of a loop, for the body of a macro, `with`, `set`,
/// `filter`. A name is looked for in the slots that the scopes around it have for it, from the inside out.
package dev.jmr.model.template.render;
