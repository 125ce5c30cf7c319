/// Python's values as far as a template can have them, and what can be done with them. Start at
/// [dev.jmr.model.template.value.Value]. Points at `error` and `limit`.
///
/// Values come from plain data ([dev.jmr.model.template.value.Conversion]); none of them reaches a Java object.
package dev.jmr.model.template.value;
