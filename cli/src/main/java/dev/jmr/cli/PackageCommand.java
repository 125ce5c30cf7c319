package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.gguf.Gguf;
import dev.jmr.server.artifact.ConfigForm;
import dev.jmr.server.packaging.ModelArchive;
import dev.jmr.server.packaging.ModelPackager;
import dev.jmr.server.packaging.PackageOptions;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoreOptions;
import dev.jmr.server.store.StoredModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr package`: makes a model of the store from files, or from another model.
@Command(
    name = "package",
    sortOptions = false,
    description =
        "Makes a model of the store from a GGUF file, or from another model, and may push it.")
final class PackageCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The name of the new model.")
  private String model = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /// Where the weights are; one of them.
  private static final class Source {
    @Option(
        names = "--gguf",
        paramLabel = "FILE",
        description = "A GGUF file, or any one of its shards, which lie beside it.")
    private @Nullable Path gguf;

    @Option(names = "--from", paramLabel = "MODEL", description = "A model of the store.")
    private @Nullable String from;
  }

  @Option(
      names = {"-l", "--license"},
      paramLabel = "FILE",
      description = "A licence; may be given several times.")
  private List<Path> licenses = new ArrayList<>();

  @Option(
      names = "--chat-template",
      paramLabel = "FILE",
      description = "A Jinja template that replaces the one in the weights.")
  private @Nullable Path chatTemplate;

  @Option(
      names = "--mmproj",
      paramLabel = "FILE",
      description = "A GGUF file that turns images into embeddings.")
  private @Nullable Path projector;

  @Option(
      names = "--context-size",
      paramLabel = "TOKENS",
      description = "The context to run the model with.")
  private @Nullable Integer contextSize;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A sampling parameter to run the model with, such as temperature=0.6.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  /// The forms that artifacts have.
  enum Format {
    DOCKER,
    CNCF
  }

  @Option(
      names = "--format",
      paramLabel = "docker|cncf",
      description =
          "Docker's artifacts or the CNCF's ModelPack (default: as the source, or docker).")
  private @Nullable Format format;

  @Option(names = "--push", description = "Push it when it is made.")
  private boolean push;

  PackageCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<RemoteRunner> server = Runners.server(context);
    if (server.isEmpty()) {
      pack(ModelStores.open(context.environment()).store(), Runners.embedded(context));
      return 0;
    }
    try (RemoteRunner runner = server.get()) {
      if (source.gguf == null) {
        repackage(runner);
      } else {
        packInto(runner);
      }
    }
    return 0;
  }

  private void pack(ModelStore store, ModelRunner runner) throws IOException, InterruptedException {
    Optional<ModelReference> tag = Optional.of(store.reference(model));
    StoredModel made =
        source.gguf != null
            ? packFile(store, tag)
            : new ModelPackager(store)
                .repack(store.require(String.valueOf(source.from)), options(), tag);
    tell(made.id().shortHex(), runner);
  }

  private void tell(String id, ModelRunner runner) throws InterruptedException {
    Streams streams = context.streams();
    streams.outWriter().println("Packaged %s (%s)".formatted(model, id));
    if (push) {
      streams.outWriter().println(new Transfers(context, runner).push(model));
    }
  }

  /// Packs in a store for this once, and has the runner load the archive of it.
  private void packInto(RemoteRunner runner) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("jmr-package");
    try {
      ModelStore store = ModelStore.open(StoreOptions.at(folder));
      StoredModel made = packFile(store, Optional.empty());
      Path archive = folder.resolve("model.tar");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
        new ModelArchive(store).export(made, out);
      }
      try (InputStream in = Files.newInputStream(archive)) {
        runner.load(in, Optional.empty());
      }
      runner.tag(made.id().toString(), model);
      tell(made.id().shortHex(), runner);
    } finally {
      Folders.delete(folder);
    }
  }

  /// What a runner can do by itself: another context size.
  private void repackage(RemoteRunner runner) throws InterruptedException {
    boolean more =
        !licenses.isEmpty()
            || chatTemplate != null
            || projector != null
            || !parameters.isEmpty()
            || format != null;
    if (more || contextSize == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--from: expected --context-size and nothing else with a server; to do more set JMR_EMBEDDED=1");
    }
    tell(runner.repackage(String.valueOf(source.from), model, contextSize), runner);
  }

  private StoredModel packFile(ModelStore store, Optional<ModelReference> tag)
      throws IOException, InterruptedException {
    Path file = ModelFile.of(String.valueOf(source.gguf));
    PackageOptions options = options();
    // Read once for its digest, and once to be copied.
    try (ByteBar bar = new ByteBar(context.streams(), "packaging", 2 * byteSize(file))) {
      return CtrlC.ends(() -> new ModelPackager(store, bar).pack(file, options, tag));
    }
  }

  private static long byteSize(Path file) {
    try (Gguf gguf = Gguf.open(file)) {
      return gguf.byteSize();
    }
  }

  private PackageOptions options() {
    if (contextSize != null && contextSize < 1) {
      throw new ParameterException(
          spec.commandLine(), "--context-size: expected at least 1, got " + contextSize);
    }
    return new PackageOptions(
        licenses,
        Optional.ofNullable(chatTemplate),
        Optional.ofNullable(projector),
        contextSize == null ? OptionalInt.empty() : OptionalInt.of(contextSize),
        parameters,
        Optional.ofNullable(format)
            .map(chosen ->
                switch (chosen) {
                  case DOCKER -> ConfigForm.DOCKER_V0_1;
                  case CNCF -> ConfigForm.CNCF;
                }),
        PackageOptions.sourceDate(context.environment()));
  }
}
