// What one deployment is called and how large it may grow: told by `--stage`, `--param` and PAY_TABLE_NAME, read here
// once for serverless.yml and for every file beside this one. Whatever is malformed stops the packaging.
const { secretsOf } = require("../../lib/secrets.ts");

const shopForm = /^[a-z][a-z0-9-]{0,19}$/;
const stages = ["dev", "prod"];
const functionNames = Object.keys(secretsOf);
/** The HTTP API's, beside those of the functions. */
const accessLog = "access";

/** What `--param NAME=VALUE` may tell, and what holds where it does not. */
const defaults = {
  /** Another name for another shop in the same account and region. */
  shop: "",
  /** Executions kept for confirm, which is also all it can get; 0 keeps none. */
  confirmConcurrency: "100",
  contributorInsights: "off",
  /** Functions whose log group already stands outside the stack, and `access` for the HTTP API's. */
  keptLogGroups: "",
  /** With PAY_TABLE_NAME: the ARN of that table's stream. */
  tableStream: "",
  /** ARNs of the KMS keys that PAY_DATA_KEY names; it is a secret, so whoever packages cannot read them there. */
  dataKeys: "",
};

/** osls prints a whole stack for each property it could not read; the words are enough. */
function refuse(words) {
  const error = new Error(words);
  error.stack = "";
  throw error;
}

/** osls's own source of params is not there yet when it asks for the service's name, so they are read from its options. */
function read({ options }) {
  const told = readParams([options.param ?? []].flat());
  const stage = options.stage ?? "dev";
  if (!stages.includes(stage)) refuse(`the stage is ${stage}, not one of ${stages.join(", ")}`);
  if (told.shop !== "" && !shopForm.test(told.shop))
    refuse(`shop=${told.shop} is not of the form ${shopForm.source}`);
  const tableName = process.env.PAY_TABLE_NAME ?? "";
  if (told.tableStream && !tableName) refuse("tableStream is another table's, and PAY_TABLE_NAME names none");
  const service = ["portone-ksnet", ...(told.shop ? [told.shop] : [])].join("-");
  return {
    service,
    stage,
    shop: told.shop,
    name: `${service}-${stage}`,
    confirmConcurrency: readCount("confirmConcurrency", told.confirmConcurrency),
    hasContributorInsights: readSwitch("contributorInsights", told.contributorInsights),
    keptLogGroups: readKept(told.keptLogGroups),
    /** Of a table that stands outside the stack; empty when the stack has its own. */
    tableName,
    tableStream: told.tableStream,
    dataKeys: readKeys(told.dataKeys),
    /** Where the shop takes events; empty where nobody is to be told. */
    eventsUrl: (process.env.PAY_EVENTS_URL ?? "").trim(),
    secretsPath: `/${service}/${stage}/`,
  };
}

function readParams(params) {
  const told = params.map((param) => [
    param.slice(0, param.indexOf("=")),
    param.slice(param.indexOf("=") + 1),
  ]);
  const unknown = told.filter(([name]) => !(name in defaults)).map(([name]) => name);
  if (unknown.length > 0) refuse(`--param knows no ${unknown.join(", ")}`);
  return { ...defaults, ...Object.fromEntries(told) };
}

function readCount(name, text) {
  if (!/^\d{1,5}$/.test(text)) refuse(`${name}=${text} is no whole number`);
  return Number(text);
}

function readSwitch(name, text) {
  if (text !== "on" && text !== "off") refuse(`${name}=${text} is neither on nor off`);
  return text === "on";
}

function readKept(text) {
  const names = text.split(",").filter((part) => part !== "");
  const unknown = names.filter((part) => part !== accessLog && !functionNames.includes(part));
  if (unknown.length > 0) refuse(`keptLogGroups names no log group of ours: ${unknown.join(", ")}`);
  return names;
}

const keyForm = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

function readKeys(text) {
  const keys = text.split(",").filter((part) => part !== "");
  if (!keys.every((key) => keyForm.test(key)))
    throw new Error(`dataKeys=${text} names no KMS keys by their ARNs`);
  return keys;
}

/** A table that stands outside the stack may have no stream, and then there is nothing to tell of. */
const hasStream = ({ tableName, tableStream }) => !tableName || tableStream !== "";
const delivers = ({ eventsUrl }) => Boolean(eventsUrl);
/** Those of this deployment. */
const functionsOf = (deployment) =>
  functionNames.filter((name) => name !== "deliver" || delivers(deployment));

const tagsOf = ({ service, stage, shop }) => ({ service, stage, ...(shop ? { shop } : {}) });

const logicalName = (name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** By function, and the HTTP API's: a vended log's name needs no line of its own in the account's resource policy. */
const logGroupNames = ({ name }) => ({
  ...Object.fromEntries(
    functionNames.map((functionName) => [functionName, `/aws/lambda/${name}-${functionName}`]),
  ),
  [accessLog]: `/aws/vendedlogs/${name}-${accessLog}`,
});

module.exports = {
  read,
  functionNames,
  functionsOf,
  delivers,
  hasStream,
  accessLog,
  logicalName,
  logGroupNames,
  /** As osls names a function's resource. */
  functionLogicalId: (name) => `${logicalName(name)}LambdaFunction`,
  tagsOf,
  tagList: (deployment) => Object.entries(tagsOf(deployment)).map(([Key, Value]) => ({ Key, Value })),
  /** `arn("dynamodb", "table/x")`, of the account and region that are deployed to. */
  arn: (service, resource) => ({
    "Fn::Sub": `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
  }),
  // Read by serverless.yml.
  service: (osls) => read(osls).service,
  tags: (osls) => tagsOf(read(osls)),
  /** Null leaves the property out: no executions are reserved, and none of the account's are kept from confirm. */
  reserved: (osls) => read(osls).confirmConcurrency || null,
};
