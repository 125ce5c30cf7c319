package dev.jmr.cli;

import dev.jmr.cli.runner.ModelRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jmr tag`: gives a model of the store one more name.
@Command(
    name = "tag",
    description = "Gives a model of the store one more name, taken from the model that has it.")
final class TagCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The model's name or id.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "The new name.")
  private String target = "";

  TagCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelRunner runner = Runners.open(context)) {
      runner.tag(source, target);
    }
    context
        .streams()
        .outWriter()
        .printf("Model \"%s\" tagged successfully with \"%s\"%n", source, target);
    return 0;
  }
}
