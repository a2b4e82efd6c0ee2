// What the emulator's CloudFormation cannot make is left out of the template, and whatever refers to that. Said in
// one line, so that nobody takes the emulator's stack for the whole one.

type Json = Record<string, unknown>;

export interface Template extends Json {
  readonly Resources: Readonly<Record<string, Json>>;
  readonly Outputs?: Readonly<Record<string, Json>>;
}

export interface Filtered {
  readonly template: Template;
  /** The types of what was left out, each as often as it was. */
  readonly leftOut: readonly string[];
}

const known = new Set(
  (
    "AWS::DynamoDB::Table AWS::Events::EventBus AWS::Events::Rule AWS::IAM::Role AWS::KMS::Key " +
    "AWS::Lambda::EventSourceMapping AWS::Lambda::Function AWS::Lambda::Permission AWS::Logs::LogGroup " +
    "AWS::S3::Bucket AWS::SQS::Queue"
  ).split(" "),
);

/** A rule's bus is known by its name alone there, not by a reference. */
const isKnown = ({ Type, Properties }: Json): boolean =>
  known.has(String(Type)) &&
  !(Type === "AWS::Events::Rule" && typeof (Properties as Json)["EventBusName"] === "object");

export function filterTemplate(template: Template): Filtered {
  const out = new Set(
    Object.entries(template.Resources).flatMap(([id, resource]) => (isKnown(resource) ? [] : [id])),
  );
  for (let before = -1; before < out.size; ) {
    before = out.size;
    for (const [id, resource] of Object.entries(template.Resources))
      if (refersTo(resource["Properties"], out)) out.add(id);
  }
  const keep = <Value>(
    entries: Readonly<Record<string, Value>>,
    isKept: (id: string, value: Value) => boolean,
  ) => Object.fromEntries(Object.entries(entries).filter(([id, value]) => isKept(id, value)));
  const resources = Object.entries(keep(template.Resources, (id) => !out.has(id)));
  return {
    template: {
      ...template,
      Resources: Object.fromEntries(resources.map(([id, resource]) => [id, withoutDependsOn(resource, out)])),
      Outputs: keep(template.Outputs ?? {}, (_, output) => !refersTo(output, out)),
    },
    leftOut: [...out].map((id) => String(template.Resources[id]?.["Type"])).sort(),
  };
}

function withoutDependsOn({ DependsOn, ...resource }: Json, out: ReadonlySet<string>): Json {
  const left = [DependsOn ?? []].flat().filter((id) => !out.has(String(id)));
  return left.length === 0 ? resource : { ...resource, DependsOn: left };
}

/** By Ref, by GetAtt, or by a name within a Sub. */
function refersTo(value: unknown, ids: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((each) => refersTo(each, ids));
  if (typeof value !== "object" || value === null) return false;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Sub": sub } = value as Json;
  const names = [Ref, Array.isArray(attribute) ? attribute[0] : String(attribute ?? "").split(".")[0]];
  const text = Array.isArray(sub) ? sub[0] : sub;
  for (const [, name] of String(text ?? "").matchAll(/\$\{([^.}!]+)/g)) names.push(name);
  return (
    names.some((name) => ids.has(String(name))) || Object.values(value).some((each) => refersTo(each, ids))
  );
}

/** `12 of 94 resources are left out, …: 10 AWS::ApiGatewayV2::Route, 2 AWS::CloudWatch::Alarm`. */
export function describeLeftOut({ template, leftOut }: Filtered): string {
  const types = [...new Set(leftOut)].map(
    (type) => `${leftOut.filter((each) => each === type).length} ${type}`,
  );
  const all = Object.keys(template.Resources).length + leftOut.length;
  return `${leftOut.length} of ${all} resources are left out, which the emulator cannot make: ${types.join(", ")}`;
}
