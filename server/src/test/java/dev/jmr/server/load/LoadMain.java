package dev.jmr.server.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Loads a server that runs: `BASE_URL MODEL USERS SECONDS MAX_TOKENS [PID]`. Tells what came of it, and with the id of the
/// server's process also its memory every minute: what it has of the machine, and its heap after a full collection.
public final class LoadMain {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
  private static final long SAMPLE_MILLIS = 60_000;

  private LoadMain() {}

  /// See [LoadMain].
  @SuppressWarnings("SystemOut") // It is a program.
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    LoadRun run =
        new LoadRun(
            new LoadOptions(
                URI.create(args[0]),
                args[1],
                Integer.parseInt(args[2]),
                Duration.ofSeconds(Integer.parseInt(args[3])),
                Integer.parseInt(args[4]),
                7));
    Optional<String> process = args.length > 5 ? Optional.of(args[5]) : Optional.empty();
    Thread sampler = Thread.ofPlatform().daemon().start(() -> sample(run, process));
    run.run();
    sampler.interrupt();
    sampler.join();
    run.report().problems().forEach(System.out::println);
  }

  private static void sample(LoadRun run, Optional<String> process) {
    long start = System.nanoTime();
    boolean going = true;
    while (going) {
      try {
        Thread.sleep(SAMPLE_MILLIS);
      } catch (InterruptedException _) {
        going = false;
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      System.out.println(
          "%4d s: %s%s".formatted(seconds, run.report(), process.map(LoadMain::memory).orElse("")));
    }
  }

  private static String memory(String process) {
    try {
      jcmd(process, "GC.run");
      String heap = jcmd(process, "GC.heap_info");
      String status = Files.readString(Path.of("/proc", process, "status"));
      return "; resident %d MiB, heap %d MiB"
          .formatted(first(RESIDENT, status) / 1024, first(HEAP, heap) / 1024);
    } catch (IOException e) {
      return "; memory: " + e.getMessage();
    }
  }

  private static String jcmd(String process, String command) throws IOException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process jcmd = new ProcessBuilder(program.toString(), process, command).start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
