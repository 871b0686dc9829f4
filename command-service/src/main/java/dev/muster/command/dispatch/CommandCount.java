package dev.muster.command.dispatch;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.instance.Decision;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.instance.InstanceCommand.OnlyAt;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.Reply;
import dev.muster.command.metrics.Meters;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Counts commands by what they are and what becomes of them. */
@Component
public final class CommandCount {

  private final Meters meters;

  CommandCount(Meters meters) {
    this.meters = meters;
  }

  Reply counted(InstanceCommand command, Supplier<Reply> sending) {
    try {
      var reply = sending.get();
      count(command, result(reply.decision()));
      return reply;
    } catch (EventStoreUnavailableException e) {
      count(command, "unavailable");
      throw e;
    } catch (RuntimeException e) {
      count(command, "failed");
      throw e;
    }
  }

  /** A command that was not even sent, since too many are under way. */
  public void refused(Ask command) {
    count(command, "refused");
  }

  private void count(InstanceCommand command, String result) {
    meters.count("muster.commands", "kind", kind(command), "result", result);
  }

  private static String kind(InstanceCommand command) {
    return switch (command) {
      case Ask it -> it.kind().name().toLowerCase(Locale.ROOT);
      case OnlyAt it -> kind(it.ask());
      case RecordOutcome _ -> "record_outcome";
      case RecordFailure _ -> "record_failure";
      case ExpireOperation _ -> "expire_operation";
    };
  }

  private static String result(Decision decision) {
    return switch (decision) {
      case Accepted _ -> "accepted";
      case Joined _ -> "joined";
      case Unchanged _ -> "unchanged";
      case Rejected _ -> "rejected";
    };
  }
}
