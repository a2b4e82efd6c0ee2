// Tells the tests of a project whether some tests are left out by their names (`-t`).
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    hasNameFilter: boolean;
  }
}

export default function setup(project: TestProject) {
  project.provide("hasNameFilter", project.vitest.config.testNamePattern !== undefined);
}
