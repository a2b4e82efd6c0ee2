// `npm run remove`: takes the stack away. What tells of money stays, and `npm run deploy` finds it again.
import { readOrExit } from "./command-line.ts";
import { namesOf, parseRemoveOptions, removeUsage, targetArguments } from "./deploy/deployment.ts";
import { runOsls } from "./deploy/osls.ts";
import { openAccount, usedTableOf } from "./deploy/standing.ts";

const target = readOrExit(removeUsage, parseRemoveOptions);
const { stack, secretsPath, logGroups } = namesOf(target);
const account = openAccount(target.region);
const template = await account.readTemplate(stack).catch((error: unknown) => {
  console.error(`Nothing was removed: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
account.close();
console.log(`Removing ${stack}. What stays, and the next deployment uses again:`);
console.log(`- the table ${usedTableOf(template) ?? stack} with every order`);
console.log(`- the log groups of ${Object.keys(logGroups).join(", ")}`);
console.log(`- the secrets under ${secretsPath}`);
process.exit(runOsls(["remove", ...targetArguments(target)], process.env));
