# Sourced by ./jmr and ./mvnw: leaves JAVA_HOME at a JDK 25 or newer, or says what to install.
# Looks in JAVA_HOME, the PATH, the system's folders, SDKMAN, macOS and Homebrew.

# Prints the major version of the JDK at $1; fails when there is no complete JDK.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

jdk_is_new_enough() {
  jdk_found=$(jdk_major "$1") && [ "${jdk_found:-0}" -ge 25 ]
}

find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && jdk_is_new_enough "$JAVA_HOME"; then return 0; fi
  jdk_seen=""
  jdk_on_path=$(command -v javac || true)
  while [ -n "$jdk_on_path" ] && [ -L "$jdk_on_path" ]; do
    jdk_link=$(readlink "$jdk_on_path")
    case $jdk_link in
      /*) jdk_on_path=$jdk_link ;;
      *) jdk_on_path=$(dirname "$jdk_on_path")/$jdk_link ;;
    esac
  done
  set +f
  for jdk_candidate in \
    "${jdk_on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "/c/Program Files/Java"/* "/c/Program Files/Eclipse Adoptium"/*; do
    [ -n "$jdk_candidate" ] || continue
    if jdk_is_new_enough "$jdk_candidate"; then
      JAVA_HOME=$jdk_candidate
      export JAVA_HOME
      return 0
    fi
    [ -z "${jdk_found-}" ] || jdk_seen="$jdk_seen
  Java $jdk_found: $jdk_candidate"
  done
  {
    echo "JMR needs a JDK 25 or newer, and none was found."
    [ -z "$jdk_seen" ] || echo "Found, but older:$jdk_seen"
    echo "Install one, for example:"
    echo "  Debian, Ubuntu  apt install openjdk-25-jdk   (or temurin-25-jdk from adoptium.net)"
    echo "  Fedora          dnf install java-25-openjdk-devel"
    echo "  macOS           brew install openjdk@25"
    echo "  any system      sdk install java 25-tem      (sdkman.io)"
    echo "or set JAVA_HOME to the folder of a JDK 25."
  } >&2
  return 1
}

find_jdk || exit 1
