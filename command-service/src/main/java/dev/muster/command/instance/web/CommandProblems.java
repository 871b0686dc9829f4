package dev.muster.command.instance.web;

import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.Rejection;
import dev.muster.command.instance.Rejection.Changed;
import dev.muster.command.instance.Rejection.Exists;
import dev.muster.command.instance.Rejection.NotAllowed;
import dev.muster.command.instance.Rejection.UnderWay;
import dev.muster.command.instance.Rejection.Unknown;
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a command call is answered with an error. */
final class CommandProblems {

  private static final Logger log = LoggerFactory.getLogger(CommandProblems.class);

  private CommandProblems() {}

  static ProblemException rejected(Rejection rejection) {
    var type =
        switch (rejection) {
          case Unknown _ -> ProblemType.NOT_FOUND;
          case Changed _ -> ProblemType.PRECONDITION_FAILED;
          case Exists _, NotAllowed _ -> ProblemType.CONFLICT;
          case UnderWay _ -> ProblemType.OPERATION_UNDER_WAY;
        };
    var problem = new ProblemException(type, rejection.detail());
    return rejection instanceof Changed(long version)
        ? problem
            .withHeader("ETag", "\"%d\"".formatted(version))
            .withHeader("Instance-Version", Long.toString(version))
        : problem;
  }

  static ProblemException failed(Ask command, Failed end) {
    var type =
        switch (end.code()) {
          case REFUSED, EXPIRED -> ProblemType.OPERATION_FAILED;
          case SUPERSEDED -> ProblemType.OPERATION_UNDER_WAY;
        };
    var problem =
        new ProblemException(type, end.reason())
            .withHeader("Instance-Version", Long.toString(end.version()));
    return command instanceof CreateInstance
        ? problem.withHeader("Location", CommandAnswers.pathOf(command.instanceId()))
        : problem;
  }

  static ProblemException unavailable(Exception cause) {
    log.warn(
        "command_unavailable cause=\"{}\": the caller is told to come back", cause.getMessage());
    return ProblemException.unavailable("commands cannot be taken now; try again soon");
  }
}
