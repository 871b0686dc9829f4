package dev.muster.cli.output;

import dev.muster.cli.Environment;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Shows what a server answered, in the form that was asked for. */
public final class AnswerPrinter {

  private final Environment environment;
  private final Listing listing;
  private final OutputOptions options;

  /** Of the columns so far, so that rows which come one by one stand below each other. */
  private int[] widths = {};

  AnswerPrinter(Environment environment, Listing listing, OutputOptions options) {
    this.environment = environment;
    this.listing = listing;
    this.options = options;
  }

  /** A list. */
  public void show(List<JsonNode> rows) {
    var sorted = sorted(rows);
    if (options.form() instanceof OutputFormat.InTable) {
      table(sorted, options.headers());
    } else if (options.form() instanceof OutputFormat.Name) {
      sorted.forEach(this::name);
    } else {
      document(JsonText.MAPPER.createArrayNode().addAll(sorted));
    }
    environment.flush();
  }

  /** A single thing; in a table it is the only row. */
  public void show(JsonNode thing) {
    switch (options.form()) {
      case OutputFormat.InTable _ -> table(List.of(thing), options.headers());
      case OutputFormat.Name _ -> name(thing);
      case OutputFormat.Json _, OutputFormat.Yaml _, OutputFormat.JsonPath _ -> document(thing);
    }
    environment.flush();
  }

  /** One of many that come one after the other; JSON has a line each then. */
  public void showNext(JsonNode row, boolean first) {
    switch (options.form()) {
      case OutputFormat.InTable _ -> table(List.of(row), first && options.headers());
      case OutputFormat.Name _ -> name(row);
      case OutputFormat.Json _ -> environment.out().println(JsonText.line(row));
      case OutputFormat.Yaml _ -> {
        environment.out().println("---");
        document(row);
      }
      case OutputFormat.JsonPath _ -> document(row);
    }
    environment.flush();
  }

  private void document(JsonNode node) {
    var text =
        switch (options.form()) {
          case OutputFormat.Yaml _ -> YamlText.of(node);
          case OutputFormat.JsonPath(String expression) -> PathText.of(node, expression);
          case OutputFormat.Json _, OutputFormat.Name _, OutputFormat.InTable _ ->
              JsonText.indented(node);
        };
    environment.out().println(text);
  }

  private void name(JsonNode row) {
    environment.out().println(PlainText.harmless(row.at(listing.name()).asString()));
  }

  private void table(List<JsonNode> rows, boolean headers) {
    if (rows.isEmpty()) {
      environment.tell("Nothing to show.");
      return;
    }
    var columns = options.shown(listing);
    if (widths.length == 0) {
      widths = new int[columns.size()];
    }
    new TextTable(columns, options.inColour(environment), widths)
        .with(rows, environment.clock().instant())
        .lines(headers, environment.outIsTerminal() ? environment.columns() : 0)
        .forEach(environment.out()::println);
  }

  private List<JsonNode> sorted(List<JsonNode> rows) {
    var sort = options.sort();
    if (sort == null) {
      return rows;
    }
    var order = listing.column(OutputOptions.sortTitle(sort)).order();
    var sorted = new ArrayList<>(rows);
    sorted.sort(sort.startsWith("-") ? order.reversed() : order);
    return sorted;
  }
}
