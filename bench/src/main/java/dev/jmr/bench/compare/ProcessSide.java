package dev.jmr.bench.compare;

import dev.jmr.bench.BenchException;
import dev.jmr.bench.run.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// An engine that has a command like llama-bench: a process for every run. What its command line does not say about the
/// test is added.
final class ProcessSide implements Side {
  private static final int MAX_OUTPUT = 1 << 24;
  private static final int ERROR_LINES = 8;

  private final List<String> command;
  private final String model;
  private final int threads;

  /// @param command the program and its arguments
  /// @param model the file to run unless the command has one
  /// @param threads the threads to run with unless the command has some
  ProcessSide(List<String> command, String model, int threads) {
    this.command = List.copyOf(command);
    this.model = model;
    this.threads = threads;
  }

  /// Whether the command says itself which tests it runs: then it has to run all of them at once.
  boolean choosesTests() {
    return has("-p", "--n-prompt") || has("-n", "--n-gen") || has("-pg");
  }

  @Override
  public List<Measured> run(List<TestCase> tests) {
    return choosesTests()
        ? runTogether(tests)
        : tests.stream().flatMap(test -> runTogether(List.of(test)).stream()).toList();
  }

  private List<Measured> runTogether(List<TestCase> tests) {
    List<String> words = commandFor(tests);
    List<Measured> results;
    try {
      results = LlamaBenchJson.read(output(words));
    } catch (BenchException e) {
      throw new BenchException(String.join(" ", words) + ": " + e.getMessage());
    }
    return tests.stream().map(test -> find(test, results)).toList();
  }

  private Measured find(TestCase test, List<Measured> results) {
    return results.stream()
        .filter(result -> result.test().equals(test))
        .findFirst()
        .orElseThrow(() ->
            new BenchException(
                "%s: expected a result for %s, got %s; give -p, -n, -pg and -d on one side only, or the same on both"
                    .formatted(
                        command.getFirst(),
                        test.name(),
                        results.stream()
                            .map(result -> result.test().name())
                            .collect(Collectors.joining(", ")))));
  }

  List<String> commandFor(List<TestCase> tests) {
    List<String> words = new ArrayList<>(command);
    add(words, model, "-m", "--model", "-hf", "-hfr", "--hf-repo");
    if (!choosesTests()) {
      TestCase test = tests.getFirst();
      boolean both = test.prompt() > 0 && test.generation() > 0;
      words.addAll(List.of("-p", both ? "0" : "" + test.prompt()));
      words.addAll(List.of("-n", both ? "0" : "" + test.generation()));
      if (both) {
        words.addAll(List.of("-pg", test.prompt() + "," + test.generation()));
      }
    }
    add(words, depths(tests), "-d", "--n-depth");
    add(words, "" + threads, "-t", "--threads");
    add(words, "1", "-r", "--repetitions");
    add(words, "json", "-o", "--output");
    return words;
  }

  private static String depths(List<TestCase> tests) {
    return tests.stream()
        .map(test -> "" + test.depth())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private void add(List<String> words, String value, String... names) {
    if (!has(names)) {
      words.addAll(List.of(names[0], value));
    }
  }

  private boolean has(String... names) {
    for (String name : names) {
      if (command.stream().anyMatch(word -> word.equals(name) || word.startsWith(name + "="))) {
        return true;
      }
    }
    return false;
  }

  private static String output(List<String> words) {
    Process process;
    try {
      process = new ProcessBuilder(words).start();
    } catch (IOException e) {
      throw new BenchException("cannot be started: " + e.getMessage());
    }
    try {
      process.getOutputStream().close();
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(
              () -> read(process.getErrorStream()), task -> Thread.ofVirtual().start(task));
      String output = read(process.getInputStream());
      int code = process.waitFor();
      if (code != 0) {
        throw new BenchException(
            "ended with exit code %d; its last words:%n%s"
                .formatted(code, lastLines(errors.join() + output)));
      }
      return output;
    } catch (IOException e) {
      throw new BenchException("cannot be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted");
    } finally {
      process.destroy();
    }
  }

  /// All of it, so that the process never waits for us; what is too much to be an answer is dropped.
  private static String read(InputStream in) {
    try (in) {
      byte[] bytes = in.readNBytes(MAX_OUTPUT);
      in.transferTo(OutputStream.nullOutputStream());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("cannot be read: " + e.getMessage());
    }
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()));
  }
}
