package dev.jmr.bench.kernels;

import dev.jmr.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which cases are asked for, in the words of the options. What is left empty is chosen by each family; what a family
/// does not have is left out for it.
///
/// @param tokens rows of activations of prompts, 1 to [#MAX_TOKENS]
/// @param depths positions before the first token, 0 to [#MAX_DEPTH]
public record CaseSelection(
    List<String> families,
    List<String> types,
    List<String> shapes,
    List<String> places,
    List<Integer> tokens,
    List<Integer> depths) {
  public static final int MAX_TOKENS = 1024;
  public static final int MAX_DEPTH = 1 << 17;

  public CaseSelection {
    requireRange("tokens", tokens, 1, MAX_TOKENS);
    requireRange("depth", depths, 0, MAX_DEPTH);
  }

  private static void requireRange(String what, List<Integer> numbers, int least, int most) {
    for (int number : numbers) {
      if (number < least || number > most) {
        throw new KernelBenchException(
            "%s: expected %d to %d, got %d".formatted(what, least, most, number));
      }
    }
  }

  /// The cases, family by family.
  ///
  /// @throws KernelBenchException if a name is not known, or nothing is left
  public List<KernelCase> cases() {
    List<KernelFamily> chosen =
        named("kernel family", families, all(KernelFamily.values(), KernelFamily::label));
    List<TensorType> chosenTypes =
        named("tensor type", types, all(TensorType.values(), TensorType::name));
    List<Place> chosenPlaces = named("place", places, all(Place.values(), Place::label));
    shapes.forEach(CaseSelection::requireShape);
    List<KernelCase> cases = new ArrayList<>();
    for (KernelFamily family : chosen.isEmpty() ? List.of(KernelFamily.values()) : chosen) {
      for (TensorType type : filtered(chosenTypes, family::accepts).orElse(family.usualTypes())) {
        for (Place place :
            filtered(chosenPlaces, family.places()::contains).orElse(family.places())) {
          shapesOf(family).forEach(shape -> add(cases, family, type, shape, place));
        }
      }
    }
    if (cases.isEmpty()) {
      throw new KernelBenchException(
          "kernels: no family has what was asked for together; drop one of family, type, shape and place");
    }
    return cases;
  }

  private void add(
      List<KernelCase> cases,
      KernelFamily family,
      TensorType type,
      KernelShape shape,
      Place place) {
    List<Integer> rows = new ArrayList<>();
    if (family.takesOneToken()) {
      rows.add(1);
    }
    if (family.takesPrompt()) {
      rows.addAll(tokens);
    }
    for (int depth : family.attends() ? depths : List.of(0)) {
      for (int count : rows.stream().distinct().toList()) {
        cases.add(new KernelCase(family, type, shape, place, count, depth));
      }
    }
  }

  private Stream<KernelShape> shapesOf(KernelFamily family) {
    List<String> names = shapes.isEmpty() ? List.of(family.usualShape()) : shapes;
    return names.stream().flatMap(name -> family.shape(name).stream());
  }

  private static void requireShape(String name) {
    if (KernelShape.matrix(name).isEmpty() && KernelShape.block(name).isEmpty()) {
      Stream<KernelShape> known =
          Stream.concat(KernelShape.MATRICES.stream(), KernelShape.BLOCKS.stream());
      throw new KernelBenchException(
          "shape '%s' is not known; known: %s, and RxC up to %dx%d"
              .formatted(
                  name,
                  known.map(KernelShape::name).collect(Collectors.joining(", ")),
                  KernelShape.MAX_ROWS,
                  KernelShape.MAX_COLUMNS));
    }
  }

  /// Empty if nothing was asked for, so that the family chooses.
  private static <T> Optional<List<T>> filtered(List<T> asked, Predicate<T> has) {
    return asked.isEmpty() ? Optional.empty() : Optional.of(asked.stream().filter(has).toList());
  }

  private record Named<T>(String name, T value) {}

  private static <T> List<Named<T>> all(T[] values, Function<T, String> name) {
    return Arrays.stream(values).map(value -> new Named<>(name.apply(value), value)).toList();
  }

  private static <T> List<T> named(String what, List<String> names, List<Named<T>> known) {
    return names.stream().map(name -> find(what, name, known)).toList();
  }

  private static <T> T find(String what, String name, List<Named<T>> known) {
    return known.stream()
        .filter(candidate -> candidate.name.equalsIgnoreCase(name))
        .map(Named::value)
        .findFirst()
        .orElseThrow(() ->
            new KernelBenchException(
                "%s '%s' is not known; known: %s"
                    .formatted(
                        what,
                        name,
                        known.stream().map(Named::name).collect(Collectors.joining(", ")))));
  }
}
