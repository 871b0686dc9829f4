package dev.muster.cli.server;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.Listing;
import dev.muster.cli.output.OutputOptions;
import picocli.CommandLine.Mixin;

/** Shows all rows that one call answers with. */
public abstract class ListCommand extends ServerCommand {

  @Mixin private OutputOptions output = new OutputOptions();

  private final String path;
  private final Listing listing;

  protected ListCommand(Environment environment, String path, Listing listing) {
    super(environment);
    this.path = path;
    this.listing = listing;
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, listing);
    answers.show(
        isPaged()
            ? api().rows(Call.get(path), Integer.MAX_VALUE)
            : api().get(path).valueStream().toList());
    return Exit.DONE;
  }

  protected boolean isPaged() {
    return false;
  }
}
