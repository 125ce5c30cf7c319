package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.reference.NearestNames;
import dev.jmr.server.reference.ReferenceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds a model by what a user calls it: any spelling of one of its names, its id, the first 12
/// digits of it.
///
/// @param models to look among
/// @param defaultRegistry of names that have none
record ModelFinder(List<StoredModel> models, String defaultRegistry) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}|(?:sha256:)?[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  /// What was found.
  ///
  /// @param model that it is
  /// @param tag of the model that the name was; empty if it was an id
  record Found(StoredModel model, Optional<String> tag) {}

  /// The model of this name or id.
  ///
  /// @throws ReferenceException if it is neither
  Optional<Found> find(String text) {
    String name = text.strip();
    boolean id = ID.matcher(name).matches();
    Optional<Found> byId = id ? byId(name) : Optional.empty();
    if (id && name.startsWith(PREFIX)) {
      return byId;
    }
    return byId.or(() -> byExactTag(name)).or(() -> find(parse(name)));
  }

  Optional<Found> find(ModelReference reference) {
    Optional<Digest> digest = reference.digest();
    if (digest.isPresent()) {
      return first(model -> model.id().equals(digest.get()))
          .map(model -> new Found(model, Optional.empty()));
    }
    return models.stream()
        .flatMap(model -> model.tags().stream().map(tag -> new Found(model, Optional.of(tag))))
        .filter(found -> found.tag().stream().anyMatch(tag -> same(tag, reference)))
        .findFirst();
  }

  /// The first model with this tag in a repository whose last component is this text's.
  Optional<Found> findByLastComponent(String text) {
    if (ID.matcher(text.strip()).matches()) {
      return Optional.empty();
    }
    ModelReference wanted = parse(text.strip());
    return models.stream()
        .flatMap(model -> model.tags().stream().map(tag -> new Found(model, Optional.of(tag))))
        .filter(found -> found.tag().stream().anyMatch(tag -> endsLike(tag, wanted)))
        .findFirst();
  }

  /// The model of this name or id.
  ///
  /// @throws UnknownModelException if there is none, with the names that were nearly said
  Found require(String text) {
    Optional<Found> found;
    try {
      found = find(text);
    } catch (ReferenceException e) {
      throw new UnknownModelException("model '%s': %s".formatted(text, e.getMessage()));
    }
    return found.orElseThrow(() ->
        new UnknownModelException(
            NearestNames.notFound(
                text, models.stream().flatMap(model -> model.tags().stream()).toList())));
  }

  /// Names of models that are nearly this one.
  List<String> suggestions(String text) {
    List<String> names =
        models.stream().flatMap(model -> model.displayTags().stream()).distinct().toList();
    return NearestNames.suggest(StoredModel.display(text.strip()), names);
  }

  private ModelReference parse(String name) {
    return ModelReference.parse(name, defaultRegistry);
  }

  private Optional<Found> byId(String text) {
    String hex = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    List<StoredModel> matches =
        models.stream().filter(model -> model.id().hex().startsWith(hex)).toList();
    if (matches.size() > 1) {
      throw new ModelConflictException(
          "model '%s': expected one model, got %d; give the whole id"
              .formatted(text, matches.size()));
    }
    return matches.stream().findFirst().map(model -> new Found(model, Optional.empty()));
  }

  private Optional<Found> byExactTag(String name) {
    return first(model -> model.tags().contains(name))
        .map(model -> new Found(model, Optional.of(name)));
  }

  private Optional<StoredModel> first(Predicate<StoredModel> predicate) {
    return models.stream().filter(predicate).findFirst();
  }

  private static boolean same(String tag, ModelReference wanted) {
    return StoredModel.reference(tag).filter(wanted::equals).isPresent();
  }

  private static boolean endsLike(String tag, ModelReference wanted) {
    return StoredModel.reference(tag)
        .filter(reference -> reference.tag().equals(wanted.tag()))
        .filter(reference -> last(reference).equals(last(wanted)))
        .isPresent();
  }

  private static String last(ModelReference reference) {
    return reference.repository().substring(reference.repository().lastIndexOf('/') + 1);
  }
}
