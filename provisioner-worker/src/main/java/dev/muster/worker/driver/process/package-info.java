@NullMarked
package dev.muster.worker.driver.process;

import org.jspecify.annotations.NullMarked;
