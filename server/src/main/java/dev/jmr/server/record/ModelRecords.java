package dev.jmr.server.record;

import java.util.List;

/// Requests to one model.
///
/// @param modelId of the model's content
/// @param model its name
/// @param records oldest first
public record ModelRecords(String modelId, String model, List<RequestRecord> records) {
  public ModelRecords {
    records = List.copyOf(records);
  }
}
