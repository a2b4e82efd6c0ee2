// The console's own files, read once: a page loads nothing from anywhere else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

const folder = join(import.meta.dirname, "../assets");

/** As they follow each other: what comes later wins. */
const styles = ["base", "frame", "controls", "states", "tables", "levers", "timeline"] as const;

const types = {
  "live.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export function serveAssets(app: FastifyInstance): void {
  const style = styles.map((name) => readFileSync(join(folder, "style", `${name}.css`), "utf8")).join("\n");
  app.get("/assets/style.css", async (_, reply) => reply.type("text/css; charset=utf-8").send(style));
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(join(folder, name));
    app.get(`/assets/${name}`, async (_, reply) => reply.type(type).send(content));
  }
}
