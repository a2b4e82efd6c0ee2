// Keeps an open page level with its data by server-sent events: the page's main part and the menu's count are made anew
// again and again, and sent when they differ from what was sent last.
import type { ServerResponse } from "node:http";
import type { Rendered } from "./send-view.ts";

/** Ends with the connection. */
export function keepLevel(
  response: ServerResponse,
  look: () => Promise<Rendered | null>,
  everyMs: number,
): void {
  let timer: NodeJS.Timeout | undefined;
  let last: string | null = null;
  let lastWaits: string | undefined;
  let isOpen = true;
  response.once("close", () => {
    isOpen = false;
    clearTimeout(timer);
  });
  const lookAgain = async () => {
    const rendered = await look();
    if (!isOpen) return;
    const version = rendered?.version ?? "";
    if (version !== last) response.write(eventOf(rendered));
    last = version;
    if (rendered !== null && rendered.waits !== lastWaits) {
      response.write(`event: waits\ndata: ${rendered.waits ?? ""}\n\n`);
      lastWaits = rendered.waits;
    }
    timer = setTimeout(() => void lookAgain(), everyMs);
  };
  void lookAgain();
}

/** `stale`: there is nothing newer to show at present. */
function eventOf(rendered: Rendered | null): string {
  if (rendered === null) return "event: stale\ndata:\n\n";
  const lines = rendered.main.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return ["event: main", `id: ${rendered.version}`, ...lines, "", ""].join("\n");
}
