package dev.muster.worker.driver;

/**
 * What an instance has printed and nobody has taken yet, or the beginning of that.
 *
 * @param offset how many bytes the instance had printed before these, from its first run on
 * @param missing how many of them are lost, between what was taken last and these
 * @param last whether the instance was removed and nothing comes after these bytes
 */
public record Output(String instanceId, long offset, long missing, byte[] bytes, boolean last) {}
