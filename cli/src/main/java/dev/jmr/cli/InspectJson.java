package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.NumberArray;
import dev.jmr.gguf.StringArray;
import dev.jmr.gguf.ValueType;
import dev.jmr.tensor.Tensor;
import java.io.IOException;

/// A model file's metadata and tensors as JSON. An array of more than 64 elements is an object with its `size` and the
/// `first` ones; shapes are outermost axis first.
final class InspectJson {
  private static final int MAX_ELEMENTS = 64;

  private interface Elements {
    void write(int index) throws IOException;
  }

  private InspectJson() {}

  static void write(JsonGenerator json, Gguf gguf) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", gguf.path().toString());
    json.writeNumberField("version", gguf.version());
    json.writeNumberField("bytes", gguf.byteSize());
    json.writeObjectFieldStart("metadata");
    for (String key : gguf.metadata().keys()) {
      json.writeFieldName(key);
      writeValue(json, gguf.metadata().value(key).orElseThrow());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("tensors");
    for (Tensor tensor : gguf.tensors()) {
      writeTensor(json, tensor);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTensor(JsonGenerator json, Tensor tensor) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tensor.name());
    json.writeStringField("type", tensor.type().name());
    json.writeArrayFieldStart("shape");
    for (int axis = 0; axis < tensor.shape().rank(); axis++) {
      json.writeNumber(tensor.shape().axis(axis));
    }
    json.writeEndArray();
    json.writeNumberField("bytes", tensor.byteSize());
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, GgufValue value) throws IOException {
    switch (value) {
      case GgufValue.Int number -> json.writeNumber(number.toString());
      case GgufValue.Real number -> writeReal(json, number);
      case GgufValue.Bool bool -> json.writeBoolean(bool.value());
      case GgufValue.Text text -> json.writeString(text.value());
      case NumberArray numbers ->
          writeArray(json, numbers.size(), i -> writeElement(json, numbers, i));
      case StringArray strings ->
          writeArray(json, strings.size(), i -> json.writeString(strings.get(i)));
      case GgufValue.Nested nested ->
          writeArray(json, nested.arrays().size(), i -> writeValue(json, nested.arrays().get(i)));
    }
  }

  private static void writeElement(JsonGenerator json, NumberArray numbers, int index)
      throws IOException {
    ValueType type = numbers.elementType();
    if (type == ValueType.BOOL) {
      json.writeBoolean(numbers.bool(index));
    } else if (type.integral()) {
      writeValue(json, new GgufValue.Int(type, numbers.integer(index)));
    } else {
      writeValue(json, new GgufValue.Real(type, numbers.number(index)));
    }
  }

  /// JSON has no infinities and no NaN: these become strings.
  private static void writeReal(JsonGenerator json, GgufValue.Real number) throws IOException {
    if (Double.isFinite(number.value())) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(number.toString());
    }
  }

  private static void writeArray(JsonGenerator json, int size, Elements elements)
      throws IOException {
    boolean cut = size > MAX_ELEMENTS;
    if (cut) {
      json.writeStartObject();
      json.writeNumberField("size", size);
      json.writeFieldName("first");
    }
    json.writeStartArray();
    for (int i = 0; i < Math.min(size, MAX_ELEMENTS); i++) {
      elements.write(i);
    }
    json.writeEndArray();
    if (cut) {
      json.writeEndObject();
    }
  }
}
