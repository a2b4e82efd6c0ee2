// Everything that is asked of a packaged template: AWS's own validator with our Guard rules, and what it cannot see.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RegoEngine } from "@aws/cloudformation-validate";
import { findDeafAlarms, findUnheardFailures } from "./alarms.ts";
import type { Check, Deployment, Finding } from "./finding.ts";
import { findLateAnswers, findLogTroubles, findMissingHandlers, findSecrets } from "./functions.ts";
import { findUnboundedRoles, findUnknownActions, findWildcards } from "./policies.ts";
import { findMissingTags, findMortalTables, findUnguarded } from "./resources.ts";
import {
  findLooseAccessLog,
  findLostRoutes,
  findMalformedRoutes,
  findTightConfirm,
  findUnlimitedRoutes,
} from "./routes.ts";
import type { Template } from "./template.ts";

export const guardRules = readFileSync(join(import.meta.dirname, "../rules.guard"), "utf8");

const checks: readonly Check[] = [
  findWildcards,
  findUnknownActions,
  findUnboundedRoles,
  findSecrets,
  findMissingHandlers,
  findLateAnswers,
  findLogTroubles,
  findMalformedRoutes,
  findLostRoutes,
  findUnlimitedRoutes,
  findTightConfirm,
  findLooseAccessLog,
  findMissingTags,
  findMortalTables,
  findDeafAlarms,
  findUnheardFailures,
  (template) => findUnguarded(template, guardRules),
];

/** Of the two engines the one whose translation of Guard compares at all. */
const engine = new RegoEngine({ guardRules: [{ name: "rules.guard", content: guardRules }] });

/** osls writes DependsOn beside references that say the same. */
const harmless = ["W3005"];

export function findMistakes(template: Template, deployment: Deployment): readonly Finding[] {
  return [...checks.flatMap((check) => check(template, deployment)), ...validate(JSON.stringify(template))];
}

/** Throws when the validator could not look at everything. */
function validate(text: string): readonly Finding[] {
  const file = { path: "template.json", readBytes: () => Buffer.from(text) };
  const { status, diagnostics } = engine.validateStandard(file, {
    strict: true,
    severityLevel: "ERROR",
    exclude: { ids: harmless },
    pseudoParameterOverrides: { region: "ap-northeast-2" },
  });
  if (status !== "OK") throw new Error(`the validator's status is ${status}`);
  return diagnostics.map(({ ruleId, entity, message }) => ({
    check: ruleId,
    where: entity?.logicalId ?? "template",
    what: message,
  }));
}
