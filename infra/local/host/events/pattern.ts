// EventBridge's event patterns, as far as ours use them: fields within fields, exact values, and whether a leaf is
// there. A pattern that says more is an error here, never a silent guess.
// Source: EventBridge user guide, "Comparison operators for use in event patterns".
import { isObject } from "../intrinsics.ts";

/** Every field of the pattern must hold; what it does not name may be anything. Throws on a matcher not known here. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`no pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(wanted)) return wanted.some((matcher) => matchesLeaf(matcher, value));
    return matchesPattern(wanted, value);
  });
}

function matchesLeaf(matcher: unknown, value: unknown): boolean {
  if (!isObject(matcher)) return [value].flat().includes(matcher);
  const { exists, ...others } = matcher;
  if (typeof exists !== "boolean" || Object.keys(others).length > 0)
    throw new Error(`no such matcher is known: ${JSON.stringify(matcher)}`);
  // Only leaves are ever there: an object has fields, and is none itself.
  return exists === (value !== undefined && !isObject(value));
}
