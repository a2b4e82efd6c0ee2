// What is wrong with a template, by the name of the check that saw it.
import type { Template } from "./template.ts";

export interface Finding {
  readonly check: string;
  /** The logical id, or the route key. */
  readonly where: string;
  readonly what: string;
}

/** What a template does not tell of itself. */
export interface Deployment {
  readonly service: string;
  readonly stage: string;
  readonly shop?: string;
  /** Of functions, and `access`: they stand outside the stack. */
  readonly keptLogGroups?: readonly string[];
  /** The text of what is packaged, by its path. */
  readonly packaged: ReadonlyMap<string, string>;
}

export type Check = (template: Template, deployment: Deployment) => readonly Finding[];
