@NullMarked
package dev.muster.web;

import org.jspecify.annotations.NullMarked;
