// A call to an AWS service whose client would weigh more than the call: JSON over HTTPS, signed by the signer that the
// table's client brings along anyway.
import http from "node:http";
import https from "node:https";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { StorageUnavailableError } from "../ports/table.ts";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsAccess {
  readonly region: string;
  /** Another address than the service's own, for a laptop or an emulator. */
  readonly endpoint: string | null;
  /** Read for each call: Lambda's are those of its role. */
  readonly credentials: () => AwsCredentials;
}

export interface AwsCall {
  readonly service: "ssm" | "kms";
  /** The API's name and its operation, `AmazonSSM.GetParameters`. */
  readonly target: string;
  readonly body: object;
}

/** AWS answered, and does not do it: a missing permission, most often. Another attempt changes nothing. */
export class AwsRefusedError extends Error {
  override readonly name = "AwsRefusedError";
}

const limitMs = 2_000;
const largestAnswerBytes = 1024 * 1024;
const transient = /Throttl|TooManyRequests|LimitExceeded|Unavailable|InternalServer|InternalFailure/;

/**
 * The answer's JSON. Throws StorageUnavailableError where another attempt may help, AwsRefusedError where none will;
 * neither repeats anything of what was sent or answered but the error's name.
 */
export async function signedCall({ service, target, body }: AwsCall, access: AwsAccess): Promise<unknown> {
  const operation = `${service} ${target.split(".")[1]}`;
  const url = new URL(access.endpoint ?? `https://${service}.${access.region}.amazonaws.com`);
  const payload = JSON.stringify(body);
  const signer = new SignatureV4({
    service,
    region: access.region,
    credentials: access.credentials(),
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: "/",
    query: {},
    headers: { host: url.host, "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: payload,
  });
  const answer = await post(url, headers, payload).catch((error: unknown) => {
    throw new StorageUnavailableError(
      `${operation}: ${error instanceof Error ? error.message : "no answer"}`,
    );
  });
  if (answer.status === 200) return answer.body;
  const why = `${operation}: ${answer.status} ${errorNameOf(answer.body)}`;
  throw answer.status >= 500 || transient.test(why)
    ? new StorageUnavailableError(why)
    : new AwsRefusedError(why);
}

/** `com.amazonaws.ssm#ThrottlingException` without where it comes from. */
function errorNameOf(body: unknown): string {
  const type = typeof body === "object" && body !== null && "__type" in body ? String(body.__type) : "";
  return type.replace(/^.*#/, "").replace(/[^A-Za-z]/g, "");
}

interface PostAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Rejects when no whole JSON answer came in time. */
function post(url: URL, headers: Readonly<Record<string, string>>, payload: string): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === "http:" ? http : https;
    const signal = AbortSignal.timeout(limitMs);
    const request = client.request(url, { method: "POST", headers, signal, agent: false });
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let receivedBytes = 0;
      response.on("data", (chunk: Buffer) => {
        receivedBytes += chunk.length;
        if (receivedBytes > largestAnswerBytes) response.destroy(new Error("answer too large"));
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () => {
        try {
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
          });
        } catch {
          reject(new Error(`${response.statusCode} without JSON`));
        }
      });
    });
    request.end(payload);
  });
}
