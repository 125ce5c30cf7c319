package dev.jmr.model.chat;

import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.json.JsonReaderFuzz;
import java.util.List;
import java.util.Optional;

/// Whatever the text, it is refused, or read as values that are written and read again as they were.
@SuppressWarnings("exports") // tests are not exported
public final class PlainJsonFuzz implements FuzzTarget {
  private static final JsonReaderFuzz STRICT = new JsonReaderFuzz();

  @Override
  public String name() {
    return "plain-json";
  }

  @Override
  public void run(byte[] input) {
    String text = new FuzzInput(input).text();
    Optional<Object> value;
    try {
      value = PlainJson.read(text);
    } catch (ChatTemplateException e) {
      return;
    }
    if (value.isPresent()) {
      String written = PlainJson.write(value.get());
      if (!PlainJson.read(written).equals(value)) {
        throw new AssertionError("written as " + written);
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    return STRICT.seeds();
  }

  @Override
  public List<String> words() {
    return STRICT.words();
  }
}
