package dev.jmr.runtime;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where the system keeps what belongs to one user of this program. The folders need not exist.
///
/// @param config what the user, or a command on the user's behalf, has chosen
/// @param state what one run remembers for the next
public record UserFolders(Path config, Path state) {
  private static final String NAME = "jmr";

  /// The folders of whoever runs this JVM.
  public static UserFolders ofThisUser() {
    return of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /// The folders by the rules of `system`, an `os.name`.
  ///
  /// Linux and others: XDG base directories, of which relative ones are ignored as the standard says; macOS:
  /// `Application Support`; Windows: roaming and local application data.
  public static UserFolders of(Map<String, String> environment, String system, String home) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return new UserFolders(
          Path.of(environment.getOrDefault("APPDATA", home), NAME),
          Path.of(environment.getOrDefault("LOCALAPPDATA", home), NAME));
    }
    if (name.startsWith("mac")) {
      Path support = Path.of(home, "Library", "Application Support", NAME);
      return new UserFolders(support, support);
    }
    return new UserFolders(
        xdg(environment, "XDG_CONFIG_HOME", Path.of(home, ".config")),
        xdg(environment, "XDG_STATE_HOME", Path.of(home, ".local", "state")));
  }

  private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
    String folder = environment.getOrDefault(variable, "");
    return (folder.startsWith("/") ? Path.of(folder) : otherwise).resolve(NAME);
  }
}
