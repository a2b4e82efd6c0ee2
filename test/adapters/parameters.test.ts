// Reading the parameter store over a real socket: what is signed, what is asked for, and what each kind of trouble is.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readParameters } from "../../lib/aws/parameters.ts";
import { type AwsAccess, AwsRefusedError } from "../../lib/aws/signed-call.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import { localSecretKey, type ParameterStore, startParameterStore } from "../support/parameter-store.ts";

const path = "/portone-ksnet/prod/";
let store: ParameterStore;
beforeEach(async () => {
  store = await startParameterStore({
    [`${path}PAY_PORTONE_KEY`]: "1234567890123456",
    [`${path}PAY_PORTONE_SECRET`]: "비밀 s3cr3t",
    "/portone-ksnet/dev/PAY_PORTONE_KEY": "another stage's",
  });
});
afterEach(() => store.close());

const access = (more: Partial<AwsAccess> = {}): AwsAccess => ({
  region: "ap-northeast-2",
  endpoint: store.url,
  credentials: () => ({ accessKeyId: "confirm-1", secretAccessKey: localSecretKey, sessionToken: "t/+=" }),
  ...more,
});

it("gives texts by their name below the path, and leaves out what is not there", async () => {
  const read = await readParameters(
    path,
    ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_DATA_KEY"],
    access(),
  );
  expect(Object.fromEntries(read)).toEqual({
    PAY_PORTONE_KEY: "1234567890123456",
    PAY_PORTONE_SECRET: "비밀 s3cr3t",
  });
  expect(store.asked).toEqual([
    {
      by: "confirm-1",
      names: ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_DATA_KEY"].map((name) => path + name),
    },
  ]);
});

it("asks for ten names at most in one call", async () => {
  const names = Array.from({ length: 11 }, (_, index) => `NAME_${index}`);
  expect((await readParameters(path, names, access())).size).toBe(0);
  expect(store.asked.map((call) => call.names.length).sort()).toEqual([1, 10]);
});

describe("trouble", () => {
  it.each(["down", "throttled", "html"] as const)("%s may pass", async (trouble) => {
    store.trouble = trouble;
    await expect(readParameters(path, ["PAY_PORTONE_KEY"], access())).rejects.toThrow(
      StorageUnavailableError,
    );
  });

  it("a silent store is given up, though it never answers", async () => {
    store.trouble = "silent";
    await expect(readParameters(path, ["PAY_PORTONE_KEY"], access())).rejects.toThrow(
      StorageUnavailableError,
    );
  });

  it("a permission that is missing does not pass, and is named", async () => {
    store.trouble = "denied";
    const reading = readParameters(path, ["PAY_PORTONE_KEY"], access());
    await expect(reading).rejects.toThrow(
      new AwsRefusedError("ssm GetParameters: 400 AccessDeniedException"),
    );
  });

  it("a signature of another secret is refused", async () => {
    const credentials = () => ({ accessKeyId: "confirm-1", secretAccessKey: "다른 비밀" });
    const reading = readParameters(path, ["PAY_PORTONE_KEY"], access({ credentials }));
    await expect(reading).rejects.toThrow(AwsRefusedError);
  });
});
