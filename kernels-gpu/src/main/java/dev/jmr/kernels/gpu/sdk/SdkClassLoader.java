package dev.jmr.kernels.gpu.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/// Sees the SDK's classes, and defines our own that use them once more: those of the packages that are written against
/// TornadoVM's API, which our own class loader cannot link.
final class SdkClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader ours;
  private final List<String> prefixes;

  /// @param parent sees the compiler, and our classes
  /// @param packages that are defined here, with all below them, from the resources of `ours`
  SdkClassLoader(List<Path> jars, ClassLoader parent, ClassLoader ours, List<String> packages) {
    super("tornado", urls(jars), parent);
    this.ours = ours;
    this.prefixes = packages.stream().map(name -> name + ".").toList();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.equals(NoAnnotations.NAME) && prefixes.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = name.equals(NoAnnotations.NAME) ? NoAnnotations.bytes() : read(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] read(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = ours.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new SdkException("%s: expected the path of a jar".formatted(jars.get(i)), e);
      }
    }
    return urls;
  }
}
