// A control call that cannot be done: its status and a text that names what was wrong.
import type * as z from "zod";

export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The body as the schema has it (an absent one counts as `{}`); otherwise a 400 that names the field. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new ControlError(400, parsed.error.issues.map(describe).join("; "));
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => (where === "" ? key : `${where}.${key}`));
    return `unknown field ${names.join(", ")}`;
  }
  return where === "" ? issue.message : `${where}: ${issue.message}`;
}
