/// How much a template may do ([dev.jmr.model.template.limit.TemplateLimits]) and how much of it is left
/// ([dev.jmr.model.template.limit.Budget]). Points at `error`.
package dev.jmr.model.template.limit;
