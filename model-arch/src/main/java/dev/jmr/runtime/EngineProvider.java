package dev.jmr.runtime;

import java.util.List;
import java.util.Optional;

/// Something that can turn a model artifact into answers: our own engine, an external process, another host.
///
/// Found by [java.util.ServiceLoader] and chosen by [Engines]. A provider is one more class and one more `provides` line;
/// nothing else knows it.
///
/// **Threads.** Methods may be called from any thread, and by several at the same time. [#load] and [#memoryNeed] may take
/// long, and block the thread that calls them; if it is interrupted meanwhile, [#load] may give up with an
/// [EngineException], leaves the thread interrupted then, and leaves nothing behind.
///
/// **Lifetime.** A provider lives as long as the JVM and holds nothing: constructors load nothing that may be missing, start
/// nothing and open nothing. Everything that a loaded model takes belongs to its [Engine], and is given back by
/// [Engine#close]. The same artifact may be loaded several times; engines know nothing of each other.
///
/// **Failure.** What may be missing on a machine is told by [#unavailable], which never throws. What is wrong with a model or
/// with the options is thrown by [#load]: nothing is left of the attempt, and a later one may succeed.
public interface EngineProvider {
  /// The name that users select it by: lower case, without spaces, always the same.
  String name();

  /// Of several engines that can load a model, the one with the highest priority does unless another is asked for. Our own
  /// has 100.
  default int priority() {
    return 0;
  }

  /// Why this engine cannot be used here, in one line that says what is missing and how to get it, such as
  /// `LLAMA_SERVER_PATH is not set`; empty if it can. Quick; starts nothing.
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /// Whether this engine can load models of this kind. Looks at the file's kind, not into every detail of it.
  boolean supports(ModelArtifact artifact);

  /// What a model would take if it was loaded with these options; reads its header at most. An estimate is good enough: it
  /// decides who has to go before the model is loaded.
  ///
  /// @throws EngineException as [#load] does
  MemoryNeed memoryNeed(ModelArtifact artifact, EngineOptions options);

  /// Loads a model; the caller closes the engine, which takes requests as soon as it is returned.
  ///
  /// Options that mean nothing to an engine are passed over, those that it cannot keep to are refused.
  ///
  /// @throws EngineException, or the module's own format exceptions, with a message that tells what is wrong with it; also
  ///     where [#unavailable] tells why
  Engine load(ModelArtifact artifact, EngineOptions options);

  /// Ends what programs left behind that were killed before they could close their engines, and nothing that belongs to a
  /// program that runs. A server calls it once, when it begins. Quick; never throws.
  ///
  /// @return a line for each that was ended
  default List<String> endAbandoned() {
    return List.of();
  }
}
