/** Control groups of the kernel, of version 2 and of version 1. */
@NullMarked
package dev.muster.worker.driver.process.cgroup;

import org.jspecify.annotations.NullMarked;
