// The settings every function gets: those of the deployer's environment, and what follows from service and stage. No
// secret is among them; where those are read is. Read by serverless.yml when it packages.
const { secretNames } = require("../../lib/secrets.ts");
const { settingDefaults } = require("../../lib/config.ts");
const { read } = require("./deployment.cjs");

/** Said by the stage, or by the laptop that runs the functions. */
const notTaken = ["PAY_STAGE", "PAY_TABLE", "PAY_SECRETS", "PAY_DYNAMODB_ENDPOINT", ...secretNames];
const taken = Object.keys(settingDefaults).filter((name) => !notTaken.includes(name));

/** `deployment` as `read` gives it; `table` and `publicUrl` stand for what only the stack knows. */
const functionEnvironment = ({ stage, tableName, secretsPath }, environment, { table, publicUrl }) => ({
  // The stage alone: a table called prod must never take test payments because of somebody's shell.
  PAY_STAGE: stage,
  PAY_TABLE: tableName || table,
  PAY_SECRETS: `ssm:${secretsPath}`,
  PAY_PUBLIC_URL: publicUrl,
  // An empty value is one that nobody gave.
  ...Object.fromEntries(taken.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
});

module.exports = (osls) =>
  functionEnvironment(read(osls), process.env, {
    table: { Ref: "Table" },
    publicUrl: { "Fn::GetAtt": ["HttpApi", "ApiEndpoint"] },
  });
module.exports.functionEnvironment = functionEnvironment;
