package dev.jmr.kernels.gpu.tornado;

import java.util.regex.Pattern;

/// What TornadoVM says when something goes wrong, as one line for people: it writes in colours, over several lines and with
/// stack traces.
final class DeviceErrors {
  private static final Pattern COLOURS = Pattern.compile("\\u001B\\[[;\\d]*m");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final String TRACE = "Stacktrace:";
  private static final int MOST = 300;

  private DeviceErrors() {}

  static String text(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    int trace = message.indexOf(TRACE);
    String told = trace < 0 ? message : message.substring(0, trace);
    String line = SPACE.matcher(COLOURS.matcher(told).replaceAll("")).replaceAll(" ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + " …";
  }
}
