package dev.muster.system;

/** An answer, or a call that was taken, is not as the contract has it. */
final class ContractViolation extends AssertionError {

  ContractViolation(String call, String what) {
    super("%s is not as openapi.json has it: %s".formatted(call, what));
  }
}
