/// What can go wrong with a chat template: nothing but a [dev.jmr.model.template.error.TemplateException] leaves the
/// engine. Points at nothing else.
package dev.jmr.model.template.error;
