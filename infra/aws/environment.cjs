// The settings every function gets: those of the deployer's environment, and what follows from service and stage. No
// secret is among them; where those are read is. Read by serverless.yml when it packages.
const { secretNames } = require("../../lib/secrets.ts");
const { settingDefaults } = require("../../lib/config.ts");

/** Said by the stage, or by the laptop that runs the functions. */
const notTaken = ["PAY_STAGE", "PAY_TABLE", "PAY_DYNAMODB_ENDPOINT", ...secretNames];
const taken = Object.keys(settingDefaults).filter((name) => !notTaken.includes(name));

/** `table` and `publicUrl` stand for what only the stack knows. */
const functionEnvironment = ({ service, stage, environment, table, publicUrl }) => ({
  // The stage alone: a table called prod must never take test payments because of somebody's shell.
  PAY_STAGE: stage,
  PAY_TABLE: environment.PAY_TABLE_NAME || table,
  PAY_SECRETS: `ssm:/${service}/${stage}/`,
  PAY_PUBLIC_URL: publicUrl,
  // An empty value is one that nobody gave.
  ...Object.fromEntries(taken.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
});

module.exports = async ({ resolveVariable }) =>
  functionEnvironment({
    service: await resolveVariable("self:service"),
    stage: await resolveVariable("sls:stage"),
    environment: process.env,
    table: { Ref: "Table" },
    publicUrl: { "Fn::GetAtt": ["HttpApi", "ApiEndpoint"] },
  });
module.exports.functionEnvironment = functionEnvironment;
