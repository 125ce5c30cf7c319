package dev.jmr.runtime;

/// Something that can turn a model artifact into answers: our own engine, an external process, another host.
///
/// Found by [java.util.ServiceLoader]. Methods may be called from any thread.
public interface EngineProvider {
  /// The name that users select it by: lower case, without spaces.
  String name();

  /// Whether this engine can load models of this kind. Looks at the file's kind, not into every detail of it.
  boolean supports(ModelArtifact artifact);

  /// What a model would take if it was loaded with these options; reads its header at most.
  ///
  /// @throws EngineException as [#load] does
  MemoryNeed memoryNeed(ModelArtifact artifact, EngineOptions options);

  /// Loads a model; the caller closes the engine.
  ///
  /// @throws EngineException, or the module's own format exceptions, with a message that tells what is wrong with it
  Engine load(ModelArtifact artifact, EngineOptions options);
}
