// What the emulator's filter leaves out, and that it says so.
import { expect, it } from "vitest";
import { describeLeftOut, filterTemplate } from "./emulator/template-filter.ts";

const role = { Type: "AWS::IAM::Role", Properties: {} };
const template = {
  Description: "한 상점",
  Resources: {
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: {} },
    Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: {} },
    Permission: {
      Type: "AWS::Lambda::Permission",
      Properties: { SourceArn: { "Fn::Join": ["", ["arn:", { Ref: "Api" }]] } },
    },
    Rule: { Type: "AWS::Events::Rule", Properties: { Arn: { "Fn::GetAtt": ["Role", "Arn"] } } },
    OfPermission: { Type: "AWS::Events::Rule", Properties: { Of: { "Fn::GetAtt": "Permission.Id" } } },
    Queue: { Type: "AWS::SQS::Queue", Properties: { Url: { "Fn::Sub": `https://\${Api}.example` } } },
    QueueOfList: { Type: "AWS::SQS::Queue", Properties: { Url: { "Fn::Sub": [`\${Alarm.Arn}`, {}] } } },
    Role: { ...role, DependsOn: ["Alarm"] },
    OtherRole: { ...role, DependsOn: ["Alarm", "Role"] },
    Group: { Type: "AWS::Logs::LogGroup", Properties: { Name: "Api", Sub: { "Fn::Sub": `\${!Api}` } } },
  },
  Outputs: { Url: { Value: { "Fn::GetAtt": ["Api", "ApiEndpoint"] } }, Role: { Value: { Ref: "Role" } } },
};

it("leaves out what is unknown and all that refers to it, one thing after the other", () => {
  const filtered = filterTemplate(template);
  const { Resources, Outputs, Description } = filtered.template;
  expect(Object.keys(Resources)).toEqual(["Rule", "Role", "OtherRole", "Group"]);
  expect(Object.keys(Outputs ?? {})).toEqual(["Role"]);
  expect(Description).toBe("한 상점");
  expect(Resources["Role"]).toEqual(role);
  expect(Resources["OtherRole"]).toEqual({ ...role, DependsOn: ["Role"] });
  expect(describeLeftOut(filtered)).toBe(
    "6 of 10 resources are left out, which the emulator cannot make: 1 AWS::ApiGatewayV2::Api, " +
      "1 AWS::CloudWatch::Alarm, 1 AWS::Events::Rule, 1 AWS::Lambda::Permission, 2 AWS::SQS::Queue",
  );
});

it("leaves a template that is known as it is", () => {
  const known = { Resources: { Role: { ...role, DependsOn: ["OtherRole"] }, OtherRole: role }, Outputs: {} };
  expect(filterTemplate(known)).toEqual({ template: known, leftOut: [] });
});
