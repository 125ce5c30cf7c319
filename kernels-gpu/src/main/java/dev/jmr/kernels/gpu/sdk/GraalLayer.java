package dev.jmr.kernels.gpu.sdk;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Set;

/// The compiler that TornadoVM uses, as a layer of modules above those of the JDK, with everything in it and in the JVM's
/// compiler interface open to code of unnamed modules.
///
/// This is what the SDK's start script says with some 400 flags of the JVM, which would also disable its class archives.
final class GraalLayer {
  private static final String COMPILER = "jdk.graal.compiler";

  private GraalLayer() {}

  /// A class loader that sees the compiler in `jars` and everything that `parent` sees.
  ///
  /// @throws ReflectiveOperationException if `java.lang` is not open to us
  static ClassLoader load(Path jars, ClassLoader parent) throws ReflectiveOperationException {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules =
        boot.configuration().resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of(COMPILER));
    ModuleLayer layer = boot.defineModulesWithOneLoader(modules, parent);
    for (Module module : layer.modules()) {
      openAll(module);
    }
    Module jvmci = boot.findModule(SdkFlags.JVMCI).orElseThrow();
    openAll(jvmci);
    openTo(layer.findModule(COMPILER).orElseThrow(), jvmci);
    open(Object.class.getModule(), "java.lang");
    open(Object.class.getModule(), "jdk.internal.foreign");
    open(Object.class.getModule(), "jdk.internal.misc");
    return layer.findLoader(COMPILER);
  }

  private static void openAll(Module module) throws ReflectiveOperationException {
    for (String name : module.getPackages()) {
      open(module, name);
    }
  }

  private static void open(Module module, String packageName) throws ReflectiveOperationException {
    call("implAddOpensToAllUnnamed", new Class<?>[] {String.class}, module, packageName);
  }

  private static void openTo(Module reader, Module module) throws ReflectiveOperationException {
    for (String name : module.getPackages()) {
      call("implAddExports", new Class<?>[] {String.class, Module.class}, module, name, reader);
    }
    call(
        "implAddExports",
        new Class<?>[] {String.class, Module.class},
        Object.class.getModule(),
        "jdk.internal.misc",
        reader);
    call(
        "implAddOpens",
        new Class<?>[] {String.class, Module.class},
        Object.class.getModule(),
        "jdk.internal.misc",
        reader);
  }

  /// The JDK's own way of doing what flags say, which `--add-opens=java.base/java.lang=ALL-UNNAMED` lets us call.
  private static void call(String name, Class<?>[] types, Module module, Object... arguments)
      throws ReflectiveOperationException {
    Method method = Module.class.getDeclaredMethod(name, types);
    method.setAccessible(true);
    try {
      method.invoke(module, arguments);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(module + ": " + e.getCause(), e);
    }
  }
}
