// What the pages load: the shop's own few files and nothing from elsewhere.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

const types = {
  "base.css": "text/css; charset=utf-8",
  "items.css": "text/css; charset=utf-8",
  "order-form.css": "text/css; charset=utf-8",
  "result.css": "text/css; charset=utf-8",
  "order-form.js": "text/javascript; charset=utf-8",
  "checkout.js": "text/javascript; charset=utf-8",
  "result.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export function serveFiles(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(types)) {
    const text = readFileSync(join(import.meta.dirname, "browser", name), "utf8");
    app.get(`/${name}`, (_, reply) => reply.type(type).send(text));
  }
}
