package dev.muster.cli.proof;

import java.util.List;

/**
 * What a file proves.
 *
 * @param what in a sentence
 * @param more a line for each thing that one should know about it
 */
public record VerificationResult(String what, List<String> more) {}
