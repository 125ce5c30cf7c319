package dev.jmr.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows under a header, each column as wide as its widest cell, as Docker's commands print them.
final class Table {
  private static final String GAP = "   ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /// @param header the names of the columns
  Table(String... header) {
    columns = header.length;
    rows.add(List.of(header));
  }

  /// Adds a row. Control characters of its cells are shown, not written.
  ///
  /// @throws IllegalArgumentException if it has more or fewer cells than the header
  Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "table: expected %d cells, got %d".formatted(columns, cells.length));
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Quoted.bare(cell));
    }
    rows.add(row);
    return this;
  }

  /// Writes header and rows, without blanks at the ends of lines.
  void print(PrintWriter out) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private String line(List<String> row, int... widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - width(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
