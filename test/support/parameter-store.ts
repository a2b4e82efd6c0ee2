// SSM's parameter store on loopback: GetParameters for whoever signed what he sends, with SSM's own quota, and down when
// a test says so.
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

export interface AskedParameters {
  /** Whose access key signed. */
  readonly by: string;
  readonly names: readonly string[];
}

export interface ParameterStore {
  readonly url: string;
  /** By their whole name, path included; a test changes them as an operator would. */
  readonly parameters: Map<string, string>;
  readonly asked: AskedParameters[];
  trouble: "none" | "down" | "silent" | "throttled" | "denied" | "html";
  close(): Promise<void>;
}

export const localSecretKey = "local";

export async function startParameterStore(
  parameters: Readonly<Record<string, string>> = {},
): Promise<ParameterStore> {
  const server = http.createServer((request, response) => {
    void answer(request, store).then((said) => {
      if (said === "nothing") return;
      if (said === null) response.destroy();
      else response.writeHead(said.status, { "content-type": "application/x-amz-json-1.1" }).end(said.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const store: ParameterStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    parameters: new Map(Object.entries(parameters)),
    asked: [],
    trouble: "none",
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}

interface Said {
  readonly status: number;
  readonly text: string;
}

const refusal = (status: number, type: string): Said => ({
  status,
  text: JSON.stringify({ __type: `com.amazonaws.ssm#${type}`, message: "한도를 넘었습니다" }),
});

async function answer(request: IncomingMessage, store: ParameterStore): Promise<Said | "nothing" | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const by = await signerOf(request, body);
  if (by === null) return refusal(400, "IncompleteSignatureException");
  const { Names: names, WithDecryption: isDecrypting } = JSON.parse(body) as {
    readonly Names: readonly string[];
    readonly WithDecryption?: boolean;
  };
  store.asked.push({ by, names });
  if (request.headers["x-amz-target"] !== "AmazonSSM.GetParameters" || names.length > 10 || !isDecrypting)
    return refusal(400, "ValidationException");
  switch (store.trouble) {
    case "down":
      return null;
    case "silent":
      return "nothing";
    case "throttled":
      return refusal(400, "ThrottlingException");
    case "denied":
      return refusal(400, "AccessDeniedException");
    case "html":
      return { status: 200, text: "<html>점검 중</html>" };
    case "none": {
      const found = names.filter((name) => store.parameters.has(name));
      const text = JSON.stringify({
        Parameters: found.map((Name) => ({ Name, Type: "SecureString", Value: store.parameters.get(Name) })),
        InvalidParameters: names.filter((name) => !store.parameters.has(name)),
      });
      return { status: 200, text };
    }
  }
}

/** The access key whose secret signed exactly this request; null when none did. */
async function signerOf({ headers }: IncomingMessage, body: string): Promise<string | null> {
  const given = /Credential=([^/]+)\/\d{8}\/([^/]+)\/ssm\/aws4_request, SignedHeaders=(\S+), /.exec(
    headers.authorization ?? "",
  );
  const [, accessKeyId = "", region = "", signedHeaders = ""] = given ?? [];
  const signedAt = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers["x-amz-date"]));
  if (!given || !signedAt) return null;
  const [, year, month, day, hour, minute, second] = signedAt;
  const signer = new SignatureV4({
    service: "ssm",
    region,
    sha256: Sha256,
    credentials: {
      accessKeyId,
      secretAccessKey: localSecretKey,
      ...(headers["x-amz-security-token"] && { sessionToken: String(headers["x-amz-security-token"]) }),
    },
  });
  const names = signedHeaders
    .split(";")
    .filter((name) => !["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"].includes(name));
  const signed = await signer.sign(
    {
      method: "POST",
      protocol: "http:",
      hostname: "127.0.0.1",
      path: "/",
      query: {},
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) },
  );
  return signed.headers["authorization"] === headers.authorization ? accessKeyId : null;
}
