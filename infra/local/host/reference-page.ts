// The reference of the doors at /docs, made by Scalar from docs/openapi.json, and what a problem's `type` leads to. It loads
// nothing from outside and asks nobody there.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { html, renderPage } from "../../console/html.ts";
import type { HttpAnswer } from "./api-gateway-result.ts";

export const referencePath = "/docs";

const documentFile = join(import.meta.dirname, "../../../docs/openapi.json");
const scalarDir = dirname(createRequire(import.meta.url).resolve("@scalar/fastify-api-reference"));
const { version } = JSON.parse(readFileSync(join(scalarDir, "../package.json"), "utf8")) as {
  readonly version: string;
};

interface Document {
  readonly info: { readonly title: string };
  readonly tags: readonly { readonly name: string }[];
}

/** Null for every other address. `host` is what the reader calls this gateway, so that his requests come back to it. */
export async function answerReference(
  method: string,
  path: string,
  host: string,
): Promise<HttpAnswer | null> {
  if (method !== "GET") return null;
  switch (path) {
    case referencePath:
      return page(await readDocument());
    case `${referencePath}/start.js`:
      return script(start);
    case `${referencePath}/scalar-${version}.js`:
      // It never changes under this address, and is too large to be loaded with each look.
      return script(await readFile(join(scalarDir, "js/standalone.js")), "max-age=31536000, immutable");
    case `${referencePath}/openapi.json`:
      return answer(
        "application/json",
        JSON.stringify({ ...(await readDocument()), servers: [{ url: `http://${host}` }] }),
      );
    default:
      return leadToCode(path);
  }
}

const readDocument = async (): Promise<Document> =>
  JSON.parse(await readFile(documentFile, "utf8")) as Document;

/** Where a code is explained on the page. */
async function leadToCode(path: string): Promise<HttpAnswer | null> {
  const [, code] = /^\/errors\/(\w+)$/.exec(path) ?? [];
  if (code === undefined || !(await readDocument()).tags.some(({ name }) => name === code)) return null;
  return { status: 302, headers: { location: `${referencePath}#tag/${code}` }, body: Buffer.alloc(0) };
}

const answer = (
  contentType: string,
  body: string | Buffer,
  headers: HttpAnswer["headers"] = {},
): HttpAnswer => ({
  status: 200,
  headers: {
    "content-type": contentType,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    ...headers,
  },
  body: Buffer.from(body),
});

const script = (body: string | Buffer, cacheControl = "no-cache"): HttpAnswer =>
  answer("text/javascript; charset=utf-8", body, { "cache-control": cacheControl });

/** Scalar's own services stay out of it: fonts, counting, its proxy, its assistant and its client. */
const configuration = {
  url: `${referencePath}/openapi.json`,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  documentDownloadType: "json",
};

const start = `Scalar.createApiReference("#app", ${JSON.stringify(configuration)});\n`;

/** Scalar writes styles into the page; everything else comes from files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const page = ({ info }: Document): HttpAnswer =>
  answer("text/html; charset=utf-8", pageHtml(info.title), {
    "content-security-policy": contentSecurityPolicy,
    "referrer-policy": "no-referrer",
  });

/** Some codes are longer than a phone is wide, and what is hidden beside them reaches over its edge. */
const styles = ".section-header * { overflow-wrap: anywhere } .references-rendered { overflow-x: clip }";

const pageHtml = (title: string): string =>
  renderPage(html`
    <html lang="ko">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>${styles}</style>
      </head>
      <body>
        <div id="app"></div>
        <script src=${`${referencePath}/scalar-${version}.js`}></script>
        <script src=${`${referencePath}/start.js`}></script>
      </body>
    </html>
  `);
