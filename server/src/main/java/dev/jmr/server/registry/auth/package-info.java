/// Who we are to a registry: what Docker's users have stored for it (`config.json`, credential
/// helpers, the environment), and what a registry asks for. Points at nothing; begin at [Keychain].
@org.jspecify.annotations.NullMarked
package dev.jmr.server.registry.auth;
