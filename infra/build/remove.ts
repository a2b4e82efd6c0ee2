// `npm run remove`: takes the stack away. What tells of money stays, and `npm run deploy` finds it again.
import { readOrExit } from "./command-line.ts";
import { namesOf, parseRemoveOptions, removeUsage, targetArguments } from "./deploy/deployment.ts";
import { runOsls } from "./deploy/osls.ts";

const target = readOrExit(removeUsage, parseRemoveOptions);
const { stack, secretsPath, logGroups } = namesOf(target);
console.log(`Removing ${stack}. What stays, and the next deployment uses again:`);
console.log(`- the table ${process.env["PAY_TABLE_NAME"]?.trim() || stack} with every order`);
console.log(`- the log groups of ${Object.keys(logGroups).join(", ")}`);
console.log(`- the secrets under ${secretsPath}`);
process.exit(runOsls(["remove", ...targetArguments(target)], process.env));
