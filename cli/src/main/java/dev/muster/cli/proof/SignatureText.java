package dev.muster.cli.proof;

/** What is said of exports and receipts alike. */
final class SignatureText {

  private SignatureText() {}

  /**
   * @param given whether the key came from elsewhere than what was signed with it
   */
  static String signedBy(SignedCheckpoint checkpoint, LogKey key, boolean given) {
    var signed =
        "signed over %,d events by %s+%s".formatted(checkpoint.size(), key.name(), key.id());
    return given
        ? signed
        : signed
            + ", the key in the file; whoever made the file chose it: hold it against one that you"
            + " kept, --key";
  }
}
