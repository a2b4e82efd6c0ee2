// A certificate for this machine's own address, made when it is needed: node:crypto makes keys and signs, but writes no
// certificates, and a bench is no reason for a library that does.
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const commonName = [0x55, 0x04, 0x03];
const subjectAltName = [0x55, 0x1d, 0x11];
const basicConstraints = [0x55, 0x1d, 0x13];

/** For 127.0.0.1 and localhost, signed by itself, valid for a day on either side of now. */
export function makeCertificate(nowMs: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(objectId(ecdsaWithSha256));
  const signed = toBeSigned(publicKey, algorithm, nowMs);
  const signature = sign("sha256", signed, privateKey);
  const whole = sequence(signed, algorithm, bitString(signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines(whole.toString("base64"))}\n-----END CERTIFICATE-----\n`,
  };
}

const dayMs = 24 * 3_600_000;

function toBeSigned(publicKey: KeyObject, algorithm: Buffer, nowMs: number): Buffer {
  const name = sequence(tagged(0x31, sequence(objectId(commonName), tagged(0x0c, Buffer.from("bench")))));
  const validity = sequence(utcTime(nowMs - dayMs), utcTime(nowMs + dayMs));
  const names = sequence(tagged(0x82, Buffer.from("localhost")), tagged(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(tagged(0x01, Buffer.from([0xff])));
  const extensions = sequence(
    sequence(objectId(subjectAltName), octets(names)),
    sequence(objectId(basicConstraints), tagged(0x01, Buffer.from([0xff])), octets(isAuthority)),
  );
  const version3 = tagged(0xa0, tagged(0x02, Buffer.from([2])));
  const serial = tagged(0x02, Buffer.from([1]));
  return sequence(
    version3,
    serial,
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, extensions),
  );
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const octets = (content: Buffer): Buffer => tagged(0x04, content);
const objectId = (bytes: readonly number[]): Buffer => tagged(0x06, Buffer.from(bytes));
const bitString = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), content]));
/** `261126210000Z` */
const utcTime = (ms: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/[-T:]/g, "")}Z`));

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

const lines = (text: string): string => (text.match(/.{1,64}/g) ?? []).join("\n");
