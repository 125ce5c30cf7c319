/// Inputs that nobody thought of, for everything that reads foreign text.
///
/// A [dev.jmr.model.fuzz.FuzzTarget] says what must hold of any input; the targets lie beside what they test and are listed in
/// [dev.jmr.model.fuzz.FuzzTargets]. `FuzzTest` tries each for a moment with changed seeds, `GuidedFuzzTest` for as long as
/// one likes, with Jazzer looking at which code an input reaches. `docs/testing.md` has the commands.
package dev.jmr.model.fuzz;
