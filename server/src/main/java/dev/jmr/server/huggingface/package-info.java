/// Models from Hugging Face: which files of a repository make a model, and how they come into the
/// store.
///
/// Start with [dev.jmr.server.huggingface.HuggingFacePull]; [dev.jmr.server.huggingface.HubChooser]
/// holds the rules.
@org.jspecify.annotations.NullMarked
package dev.jmr.server.huggingface;
