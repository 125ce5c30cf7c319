package dev.jmr.kernels.gpu.sdk;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The flags that a JVM needs to be started with so that an SDK can be started in it.
public final class SdkFlags {
  /// The module by which TornadoVM's compiler talks to the JVM.
  static final String JVMCI = "jdk.internal.vm.ci";

  private static final String LIBRARY_PATH = "java.library.path";

  /// Which classes TornadoVM's API is to load its parts from; no kernel that failed to compile is to run unnoticed as plain
  /// Java, once and with wrong results; methods that kernels call become part of them; and our task graphs are longer than
  /// most. How much memory there is, the device's driver says, and nobody else.
  private static final List<String> PROPERTIES =
      List.of(
          "tornado.load.api.implementation=uk.ac.manchester.tornado.runtime.tasks.TornadoTaskGraph",
          "tornado.load.runtime.implementation=uk.ac.manchester.tornado.runtime.TornadoCoreRuntime",
          "tornado.load.tornado.implementation=uk.ac.manchester.tornado.runtime.common.Tornado",
          "tornado.load.annotation.implementation=" + NoAnnotations.NAME,
          "tornado.load.annotation.parallel=uk.ac.manchester.tornado.api.annotations.Parallel",
          "tornado.recover.bailout=False",
          "tornado.compiler.fullInlining=True",
          "tornado.tvm.maxbytecodesize=65536",
          "tornado.device.memory=1TB");

  private SdkFlags() {}

  /// All of them.
  public static List<String> of(TornadoSdk sdk) {
    return of(sdk, System::getProperty);
  }

  static List<String> of(TornadoSdk sdk, Function<String, @Nullable String> property) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:+UnlockExperimentalVMOptions");
    flags.add("-XX:+EnableJVMCI");
    flags.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    flags.add("--enable-native-access=ALL-UNNAMED");
    String libraries = sdk.libraries().toString();
    String known = property.apply(LIBRARY_PATH);
    flags.add(
        "-D%s=%s"
            .formatted(
                LIBRARY_PATH, known == null ? libraries : libraries + File.pathSeparator + known));
    PROPERTIES.forEach(each -> flags.add("-D" + each));
    return flags;
  }

  /// Whether this JVM was started with them.
  public static boolean present(TornadoSdk sdk) {
    return ModuleLayer.boot().findModule(JVMCI).isPresent()
        && PROPERTIES.stream().allMatch(each -> System.getProperty(key(each)) != null)
        && List.of(System.getProperty(LIBRARY_PATH, "").split(File.pathSeparator))
            .contains(sdk.libraries().toString());
  }

  private static String key(String property) {
    return property.substring(0, property.indexOf('='));
  }
}
