package dev.jmr.cli.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.transfer.ProgressEvent;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What commands ask of models, wherever these are. JSON is Docker Model Runner's, so that a command prints the same of both.
///
/// Whatever cannot be done ends in an exception whose message is for the user. For one thread.
public sealed interface ModelRunner extends AutoCloseable permits RemoteRunner, EmbeddedRunner {
  /// The models, as `GET /models` has them: an array of objects.
  JsonNode models() throws InterruptedException;

  /// The models, as `GET /v1/models` has them.
  JsonNode openAiModels() throws InterruptedException;

  /// A model, as `GET /models/NAME` has it.
  ///
  /// @param remote whether to look at it in its registry
  JsonNode model(String name, boolean remote) throws InterruptedException;

  /// A model, as `GET /v1/models/NAME` has it.
  JsonNode openAiModel(String name) throws InterruptedException;

  /// Fetches a model.
  ///
  /// @param progress is told how far it is; its last event is the success
  void pull(String name, Consumer<ProgressEvent> progress) throws InterruptedException;

  /// Brings a model to its registry.
  void push(String name, Consumer<ProgressEvent> progress) throws InterruptedException;

  /// Gives a model one more name.
  void tag(String source, String target) throws InterruptedException;

  /// Removes a name, or a model.
  ///
  /// @return a line for each thing that was done, as Docker's commands print them
  List<String> remove(String name, boolean force) throws InterruptedException;

  /// Removes every model.
  void purge() throws InterruptedException;

  /// Brings a model from an archive.
  ///
  /// @param tag the name to give it
  /// @return what it is called
  String load(InputStream tar, Optional<String> tag) throws InterruptedException;

  /// How large a model's archive will be, about, in bytes; 0 if that is not known.
  long byteSize(String name) throws InterruptedException;

  /// Writes a model as an archive.
  void export(String name, OutputStream tar) throws InterruptedException;

  /// What models take of the disk: `models_disk_usage` and `default_backend_disk_usage`, in bytes.
  JsonNode diskUsage() throws InterruptedException;

  /// Sets how a model is run.
  ///
  /// @param body as `POST /engines/_configure` has it
  void configure(JsonNode body) throws InterruptedException;

  /// How models are run, as `GET /engines/_configure` has it.
  ///
  /// @param model empty for all that somebody configured
  JsonNode configurations(Optional<String> model) throws InterruptedException;

  @Override
  void close();
}
