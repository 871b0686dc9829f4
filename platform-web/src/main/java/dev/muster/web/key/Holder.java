package dev.muster.web.key;

import dev.muster.events.access.Scope;
import dev.muster.events.envelope.Actor;
import java.util.Set;

/** Whose key a request carries, and what the key is good for. */
public record Holder(Actor actor, Set<Scope> scopes) {}
