// Deviations from PortOne's API description that were seen, in requests and in answers. In memory; a run
// that ends with any has talked to PortOne in a way PortOne does not document.
import type { Deviation } from "../contract/openapi-validator.ts";

export type Violation = Deviation & { readonly at: string };

const mostViolations = 1000;

export class ViolationLog {
  #violations: Violation[] = [];

  add(deviations: readonly Deviation[], atMs: number): void {
    const at = new Date(atMs).toISOString();
    for (const deviation of deviations)
      if (this.#violations.length < mostViolations) this.#violations.push({ at, ...deviation });
  }

  list(): readonly Violation[] {
    return this.#violations;
  }

  clear(): void {
    this.#violations = [];
  }
}
