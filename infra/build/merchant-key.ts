// `npm run merchant-key`: makes a key for a merchant's server. The key is printed once and stored nowhere; the
// deployment knows its hash alone.
import { createHash, randomBytes } from "node:crypto";
import { type MerchantKey, type Scope, scopes } from "../../lib/domain/merchant-key.ts";
import { parseOptions, readOrExit, UsageError } from "./command-line.ts";

const keyBytes = 32;
const usage = `usage: npm run merchant-key -- --name NAME --scopes SCOPE[,SCOPE…] (of ${scopes.join(", ")})`;

interface KeyOptions {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

function parseKeyOptions(args: readonly string[]): KeyOptions | null {
  const values = parseOptions(args, {
    name: { type: "string" },
    scopes: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const);
  if (values.help) return null;
  // It stands in log lines, and in a shell's quotes below.
  if (!/^[a-z0-9][a-z0-9._-]{0,39}$/i.test(values.name ?? ""))
    throw new UsageError("--name wants up to 40 letters, digits, . _ or -");
  const named = (values.scopes ?? "").split(",").map((scope) => scope.trim());
  const unknown = named.filter((scope) => !scopes.some((known) => known === scope));
  if (unknown.length > 0) throw new UsageError(`--scopes wants known ones, not '${unknown.join(", ")}'`);
  return { name: values.name ?? "", scopes: scopes.filter((known) => named.includes(known)) };
}

const options = readOrExit(usage, parseKeyOptions);
const key = randomBytes(keyBytes).toString("base64url");
const entry: MerchantKey = {
  name: options.name,
  sha256: createHash("sha256").update(key).digest("hex"),
  scopes: options.scopes,
};
const parameter = "/portone-ksnet/STAGE/PAY_MERCHANT_KEYS";
console.log(`key      ${key}`);
console.log("         shown this once: it goes to the shop's server, and nowhere else");
console.log(`sha256   ${entry.sha256}`);
console.log(`entry    ${JSON.stringify(entry)}`);
console.log(`
Append the entry to the stage's list. What the list holds now:
  aws ssm get-parameter --with-decryption --query Parameter.Value --output text --name ${parameter}
A list with this entry alone; put the others before it, within the brackets:
  aws ssm put-parameter --overwrite --type SecureString --name ${parameter} --value '${JSON.stringify([entry])}'
Where it holds 4 KB, the next one is ${parameter}_2.`);
