// CloudFormation's intrinsic functions as far as the packaged template uses them in values that a function
// sees: Ref, Fn::GetAtt, Fn::Sub, Fn::Join. Whatever else turns up is an error, never a silent guess.

export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export interface Names {
  /** What `Ref` gives for a logical id or pseudo parameter. */
  readonly ref: (logicalId: string) => string;
  /** What `Fn::GetAtt` gives. */
  readonly attribute: (logicalId: string, attribute: string) => string;
}

/** The text a template value stands for. Throws when it uses a function that is not known here. */
export function resolveText(value: unknown, names: Names): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isObject(value)) {
    const [[name, argument] = ["", undefined], ...others] = Object.entries(value);
    if (others.length === 0) {
      if (name === "Ref" && typeof argument === "string") return names.ref(argument);
      if (name === "Fn::GetAtt") return getAttribute(argument, names);
      if (name === "Fn::Sub") return substitute(argument, names);
      if (name === "Fn::Join" && Array.isArray(argument)) return join(argument, names);
    }
  }
  throw new Error(`cannot resolve ${JSON.stringify(value)} locally`);
}

function getAttribute(argument: unknown, names: Names): string {
  const parts: unknown[] =
    typeof argument === "string" ? argument.split(".") : Array.isArray(argument) ? argument : [];
  const [logicalId, ...attribute] = parts;
  if (typeof logicalId !== "string") throw new Error(`Fn::GetAtt of ${JSON.stringify(argument)}`);
  return names.attribute(logicalId, attribute.join("."));
}

function substitute(argument: unknown, names: Names): string {
  const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== "string" || !isObject(own)) throw new Error(`Fn::Sub of ${JSON.stringify(argument)}`);
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    // CloudFormation writes a literal ${x} as ${!x}.
    if (literal) return `\${${name}}`;
    if (name in own) return resolveText(own[name], names);
    return name.includes(".") ? getAttribute(name, names) : names.ref(name);
  });
}

function join([separator, parts]: readonly unknown[], names: Names): string {
  if (typeof separator !== "string" || !Array.isArray(parts))
    throw new Error("Fn::Join needs a separator and a list");
  return parts.map((part) => resolveText(part, names)).join(separator);
}
