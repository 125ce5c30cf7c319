package dev.jmr.server.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.store.CorruptBlobException;
import dev.jmr.server.store.MissingBlobException;
import dev.jmr.server.store.ModelStore;
import dev.jmr.server.store.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchiveTest {
  private record Member(String name, byte[] content) {}

  @TempDir private Path directory;

  @Test
  void loadsWhatItExportedByteForByte() throws Exception {
    ModelStore store = store("a");
    StoredModel model = model(store);
    byte[] archive = export(store, model);

    ModelStore other = store("b");
    StoredModel loaded = load(other, archive);

    assertThat(loaded.id()).isEqualTo(model.id());
    assertThat(loaded.files()).isEqualTo(model.files());
    assertThat(loaded.tags()).isEmpty();
    assertThat(export(other, loaded)).isEqualTo(archive);
  }

  @Test
  void loadsAModelThatIsThereAlready() throws Exception {
    ModelStore store = store("a");
    StoredModel model = model(store);

    assertThat(load(store, export(store, model))).isEqualTo(model);
  }

  @Test
  void endsWithTheManifest() throws Exception {
    ModelStore store = store("a");
    List<Member> members = members(export(store, model(store)));

    assertThat(members)
        .extracting(Member::name)
        .allMatch(n -> n.matches("blobs/sha256/[0-9a-f]{64}|manifest.json"));
    assertThat(members.getLast().name()).isEqualTo("manifest.json");
    assertThat(members).hasSize(3);
  }

  @Test
  void readsMembersUnderTheCurrentFolder() throws Exception {
    ModelStore store = store("a");
    StoredModel model = model(store);
    List<Member> members =
        members(export(store, model)).stream()
            .map(member -> new Member("./" + member.name, member.content))
            .toList();

    assertThat(load(store("b"), archive(members)).id()).isEqualTo(model.id());
  }

  @Test
  void refusesMembersThatAreNoBlobs() throws Exception {
    for (String name :
        List.of(
            "../../etc/passwd",
            "blobs/sha256/../../x",
            "blobs/sha256/" + "A".repeat(64),
            "/blobs/sha256/" + "a".repeat(64),
            "blobs/sha512/" + "a".repeat(64),
            "x")) {
      byte[] archive = archive(List.of(new Member(name, new byte[1])));
      assertThatThrownBy(() -> load(store("a"), archive))
          .isInstanceOf(ArtifactException.class)
          .hasMessage(
              "archive: expected blobs/sha256/<digest> or manifest.json, got '%s'".formatted(name));
    }
  }

  @Test
  void keepsNothingOfBytesThatHaveAnotherDigest() throws Exception {
    Digest digest = Digest.of("right".getBytes(UTF_8));
    byte[] archive =
        archive(List.of(new Member("blobs/sha256/" + digest.hex(), "wrong".getBytes(UTF_8))));
    ModelStore store = store("a");

    assertThatThrownBy(() -> load(store, archive)).isInstanceOf(CorruptBlobException.class);
    assertThatThrownBy(() -> store.blob(digest)).isInstanceOf(MissingBlobException.class);
  }

  @Test
  void addsNoModelIfAnythingIsMissingOrTooMuch() throws Exception {
    ModelStore source = store("a");
    List<Member> members = members(export(source, model(source)));
    Member manifest = members.getLast();
    List<Member> withoutLayer = members.subList(1, members.size());
    List<Member> withoutManifest = members.subList(0, members.size() - 1);
    List<Member> twice = new ArrayList<>(members);
    twice.add(manifest);

    ModelStore store = store("b");
    assertThatThrownBy(() -> load(store, archive(withoutLayer)))
        .isInstanceOf(MissingBlobException.class);
    ModelStore another = store("c");
    assertThatThrownBy(() -> load(another, archive(withoutManifest)))
        .hasMessage("archive: expected manifest.json at the end; is this the archive of a model?");
    assertThatThrownBy(() -> load(another, archive(twice)))
        .hasMessage("archive: expected nothing after manifest.json, got 'manifest.json'");
    assertThat(store.list()).isEmpty();
    assertThat(another.list()).isEmpty();
  }

  @Test
  void addsNoModelWhereverTheArchiveIsCut() throws Exception {
    ModelStore source = store("a");
    byte[] archive = export(source, model(source));
    ModelStore store = store("b");
    int end = archive.length - 1024;
    for (int length = 0; length < end; length += 301) {
      byte[] cut = Arrays.copyOf(archive, length);
      assertThatThrownBy(() -> load(store, cut))
          .as("cut at %d", length)
          .isInstanceOfAny(IOException.class, ArtifactException.class);
    }
    assertThat(store.list()).isEmpty();
    assertThat(load(store, archive).id()).isEqualTo(source.list().getFirst().id());
  }

  private ModelStore store(String name) {
    return ModelStore.open(directory.resolve(name));
  }

  private StoredModel model(ModelStore store) throws Exception {
    Path file = TinyModel.write(directory.resolve("tiny.gguf"), "tiny");
    return new ModelPackager(store).pack(file, PackageOptions.NONE, Optional.empty());
  }

  private static byte[] export(ModelStore store, StoredModel model) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelArchive(store).export(model, out);
    return out.toByteArray();
  }

  private static StoredModel load(ModelStore store, byte[] archive) throws Exception {
    return new ModelArchive(store).load(new ByteArrayInputStream(archive));
  }

  private static List<Member> members(byte[] archive) throws IOException {
    TarReader tar = new TarReader(new ByteArrayInputStream(archive));
    List<Member> members = new ArrayList<>();
    for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      members.add(new Member(entry.get().name(), tar.readAllBytes()));
    }
    return members;
  }

  private static byte[] archive(List<Member> members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    for (Member member : members) {
      tar.file(member.name, member.content.length, new ByteArrayInputStream(member.content));
    }
    tar.finish();
    return out.toByteArray();
  }
}
