package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.tensor.TensorException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TaskGraph;

/// The SDK that `TORNADOVM_HOME` names, in a JVM of its own with its flags, as the product starts it: from the class path.
class RealSdkTest {
  private static final String KERNELS =
      """
      package dev.jmr.kernels.gpu.tornado;

      import uk.ac.manchester.tornado.api.*;
      import uk.ac.manchester.tornado.api.enums.DataTransferMode;
      import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

      public class RowSums implements Runnable {
        static void sum(KernelContext context, FloatArray x, FloatArray sums, int columns) {
          float[] parts = context.allocateFloatLocalArray(64);
          int lane = context.localIdx;
          float sum = 0;
          for (int i = lane; i < columns; i += 64) {
            sum += x.get(context.groupIdx * columns + i);
          }
          parts[lane] = sum;
          for (int half = 32; half > 0; half >>= 1) {
            context.localBarrier();
            if (lane < half) {
              parts[lane] += parts[lane + half];
            }
          }
          if (lane == 0) {
            sums.set(context.groupIdx, parts[0]);
          }
        }

        public void run() {
          FloatArray x = new FloatArray(1024);
          FloatArray sums = new FloatArray(4);
          for (int i = 0; i < 1024; i++) {
            x.set(i, i);
          }
          WorkerGrid grid = new WorkerGrid1D(256);
          grid.setLocalWork(64, 1, 1);
          TaskGraph graph = new TaskGraph("rows")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("sum", RowSums::sum, new KernelContext(), x, sums, 256)
              .transferToHost(DataTransferMode.EVERY_EXECUTION, sums);
          try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withGridScheduler(new GridScheduler("rows.sum", grid)).execute();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          System.out.println("sums " + sums.get(0) + " " + sums.get(3));
        }
      }
      """;

  private static final String MAIN =
      """
      import dev.jmr.kernels.gpu.sdk.SdkStart;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          switch (SdkStart.here()) {
            case SdkStart.Refused refused -> System.out.println(refused.reason());
            case SdkStart.Started(var runtime) -> {
              runtime.devices().forEach(System.out::println);
              ((Runnable) runtime.loader().loadClass("dev.jmr.kernels.gpu.tornado.RowSums")
                  .getConstructor().newInstance()).run();
            }
          }
        }
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void needAnSdk() {
    assumeTrue(
        System.getenv(SdkSearch.VARIABLE) != null,
        "TORNADOVM_HOME is not set: no SDK to try it with");
  }

  @Test
  void computesWithAKernelOfOurs() throws Exception {
    TornadoSdk sdk = SdkStart.sdk(System.getenv());
    compile(sdk);

    String output = run(SdkFlags.of(sdk));

    assertThat(output).contains("Device[name=").contains("sums 32640.0 229248.0");
  }

  /// What we compile against is what there is: each class that we declare, with each of its public methods and constructors.
  @Test
  void hasWhatWeDeclare() throws Exception {
    TornadoSdk sdk = SdkStart.sdk(System.getenv());
    URL[] jars = sdk.jars().stream().map(RealSdkTest::url).toArray(URL[]::new);
    try (URLClassLoader theirs = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      assertThat(declared()).hasSizeGreaterThan(20);
      for (Class<?> ours : declared()) {
        Class<?> same = Class.forName(ours.getName(), false, theirs);
        List<String> wanted = signatures(ours);
        wanted.removeIf(
            signature -> signature.contains(" garbageLike[")); // Ours, for other packages.
        assertThat(signatures(same)).as(ours.getName()).containsAll(wanted);
      }
    }
  }

  /// The public classes of our declarations.
  private static List<Class<?>> declared() throws Exception {
    Path root = place(TaskGraph.class);
    List<Class<?>> classes = new ArrayList<>();
    for (String file : files(root)) {
      if (file.startsWith("uk/") && file.endsWith(".class") && !file.endsWith("-info.class")) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        Class<?> type = Class.forName(name, false, TaskGraph.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers() & type.getNestHost().getModifiers())) {
          classes.add(type);
        }
      }
    }
    return classes;
  }

  private static List<String> files(Path root) throws IOException {
    if (Files.isRegularFile(root)) {
      try (JarFile jar = new JarFile(root.toFile())) {
        return jar.stream().map(ZipEntry::getName).toList();
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(file -> root.relativize(file).toString().replace('\\', '/')).toList();
    }
  }

  private static List<String> signatures(Class<?> type) {
    List<String> signatures = new ArrayList<>();
    for (Method method : type.getMethods()) {
      signatures.add(
          method.getReturnType().getName() + " " + method.getName() + parameters(method));
    }
    for (Constructor<?> constructor : type.getConstructors()) {
      signatures.add("new" + parameters(constructor));
    }
    return signatures;
  }

  private static String parameters(Executable executable) {
    return Stream.of(executable.getParameterTypes()).map(Class::getName).toList().toString();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void saysThatTheFlagsAreMissing() throws Exception {
    compile(SdkStart.sdk(System.getenv()));

    assertThat(run(List.of())).contains("this JVM was started without the flags for it");
  }

  private void compile(TornadoSdk sdk) throws Exception {
    Files.writeString(folder.resolve("Main.java"), MAIN);
    Files.writeString(folder.resolve("RowSums.java"), KERNELS);
    String jars = String.join(File.pathSeparator, sdk.jars().stream().map(Path::toString).toList());
    assertThat(
            process(
                "javac",
                "-g",
                "-cp",
                jars + File.pathSeparator + classPath(),
                "-d",
                folder.toString(),
                folder.resolve("Main.java").toString(),
                folder.resolve("RowSums.java").toString()))
        .isEmpty();
  }

  private String run(List<String> flags) throws Exception {
    List<String> command = new ArrayList<>(flags);
    command.addAll(List.of("-cp", classPath() + File.pathSeparator + folder, "Main"));
    return process("java", command.toArray(String[]::new));
  }

  private static String process(String tool, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String classPath() throws URISyntaxException {
    return place(SdkStart.class) + File.pathSeparator + place(TensorException.class);
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
