package dev.muster.events.worker;

/**
 * Where a worker lets callers into its instances by SSH.
 *
 * @param host as callers reach it
 * @param fingerprint of the host key, {@code SHA256:…} as {@code ssh} shows it
 */
public record ShellAddress(String host, int port, String fingerprint) {}
